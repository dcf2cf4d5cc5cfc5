import { Arg, Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { countTickets, listTickets } from './list-tickets.ts';
import { TicketConnection, TicketSection } from './ticket.types.ts';

@Resolver(() => TicketSection)
export class SectionResolver {
  @FieldResolver(() => Int, { description: 'How many tickets it holds.' })
  async totalCount(@Root() section: TicketSection, @Ctx() ctx: GraphqlContext): Promise<number> {
    return countTickets(ctx, { section: section.name });
  }

  @FieldResolver(() => Int, { description: 'How many of them are from senders on the list Highlight E-mails.' })
  async highlightedCount(@Root() section: TicketSection, @Ctx() ctx: GraphqlContext): Promise<number> {
    return countTickets(ctx, { section: section.name, highlighted: true });
  }

  @FieldResolver(() => Int, {
    description: 'How many of them the viewer has not read; for a program with a token all.',
  })
  async unreadCount(@Root() section: TicketSection, @Ctx() ctx: GraphqlContext): Promise<number> {
    return countTickets(ctx, { section: section.name, ...(ctx.actor.kind === 'agent' ? { unread: true } : {}) });
  }

  @FieldResolver(() => TicketConnection, { description: 'Its tickets, newest activity first.' })
  async tickets(
    @Root() section: TicketSection,
    @Ctx() ctx: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The end cursor of the window before.' }) after:
      | string
      | null,
  ): Promise<TicketConnection> {
    return listTickets(ctx, { section: section.name }, { first, after });
  }
}
