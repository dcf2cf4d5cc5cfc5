import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { DeletedTicket } from '../tickets/deleted-ticket.entity.ts';
import { TicketIdInput } from '../tickets/ticket.inputs.ts';
import { deleteTicket } from './delete-ticket.ts';

@Resolver(() => DeletedTicket)
export class DeleteTicketResolver {
  @Mutation(() => DeletedTicket, {
    description:
      'Deletes a ticket for ever, and those merged into it, with all that was written in it. Administrators only.',
  })
  async deleteTicket(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => TicketIdInput, { description: 'Which one.' }) input: TicketIdInput,
  ): Promise<DeletedTicket> {
    return deleteTicket(ctx, input);
  }
}
