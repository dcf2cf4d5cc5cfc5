import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Ticket } from './ticket.entity.ts';
import { TicketEvent } from './ticket-event.entity.ts';
import { loadTicket } from './ticket-loaders.ts';

const MOST_LINKS = 20;
const MOST_EVENTS = 100;

@Resolver(() => Ticket)
export class TicketLinksResolver {
  @FieldResolver(() => Ticket, {
    nullable: true,
    description: 'The ticket that this one may continue, or was split off; null: none.',
  })
  async linkedTo(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<Ticket | null> {
    return ticket.linkedToTicketId ? loadTicket(ctx, ticket.linkedToTicketId) : null;
  }

  @FieldResolver(() => [Ticket], { description: 'Tickets that may continue this one, newest first; at most 20.' })
  async linkedFrom(@Root() { id }: Ticket, @Ctx() ctx: GraphqlContext): Promise<Ticket[]> {
    return ctx.db.find(Ticket, { where: { linkedToTicketId: id }, order: { number: 'DESC' }, take: MOST_LINKS });
  }

  @FieldResolver(() => Ticket, {
    nullable: true,
    description: 'The ticket that this one was merged into: its messages are there; null: it stands for itself.',
  })
  async mergedInto(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<Ticket | null> {
    return ticket.mergedIntoId ? loadTicket(ctx, ticket.mergedIntoId) : null;
  }

  @FieldResolver(() => [TicketEvent], {
    description: 'What was done with it and its messages by hand, oldest first; the newest 100.',
  })
  async events(@Root() { id }: Ticket, @Ctx() ctx: GraphqlContext): Promise<TicketEvent[]> {
    const rows = await ctx.db.find(TicketEvent, {
      where: [{ ticketId: id }, { otherTicketId: id }],
      order: { at: 'DESC', id: 'DESC' },
      take: MOST_EVENTS,
    });
    return rows.reverse();
  }
}
