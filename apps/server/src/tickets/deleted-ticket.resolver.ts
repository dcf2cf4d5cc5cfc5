import { Arg, Ctx, ID, Int, Query, Resolver, Root, Subscription } from 'type-graphql';
import { hasScope } from '../accounts/account.policy.ts';
import { invalidInput } from '../platform/errors.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { DeletedTicket } from './deleted-ticket.entity.ts';
import { findDeletedTicket } from './deleted-tickets.ts';
import { requireMayRead } from './ticket.policy.ts';

/** The topic of deleted tickets; its payload names the ticket. */
export const TICKET_DELETED = 'TICKET_DELETED';

@Resolver(() => DeletedTicket)
export class DeletedTicketResolver {
  @Query(() => DeletedTicket, {
    nullable: true,
    description: 'What is left of a deleted ticket, by its id or its number; null: none was deleted.',
  })
  async deletedTicket(
    @Ctx() ctx: GraphqlContext,
    @Arg('id', () => ID, { nullable: true, description: 'The id it had.' }) id: string | null,
    @Arg('number', () => Int, { nullable: true, description: 'Its number.' }) number: number | null,
  ): Promise<DeletedTicket | null> {
    requireMayRead(ctx.actor);
    if (!id && !number) throw invalidInput([{ path: 'id', message: 'Give the id or the number of a ticket.' }]);
    return findDeletedTicket(ctx, { id, number });
  }

  @Subscription(() => DeletedTicket, {
    topics: TICKET_DELETED,
    filter: ({ context }) => hasScope((context as GraphqlContext).actor, 'tickets:read'),
    description: 'A ticket that was deleted, after the fact.',
  })
  async ticketDeleted(@Root() payload: { ticketId: string }, @Ctx() ctx: GraphqlContext): Promise<DeletedTicket> {
    ctx.loaders.clear();
    return ctx.db.findOneByOrFail(DeletedTicket, { id: payload.ticketId });
  }
}
