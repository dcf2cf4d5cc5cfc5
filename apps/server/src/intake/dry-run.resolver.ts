import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { loadTicket } from '../tickets/ticket-loaders.ts';
import { DryRunMailInput, MailDryRun } from './dry-run.types.ts';
import { type DryRun, dryRunMail } from './dry-run-mail.ts';

@Resolver(() => MailDryRun)
export class DryRunResolver {
  @Mutation(() => MailDryRun, {
    description:
      'What would become of a letter if it came in now, by the saved settings or by others. Changes nothing. Administrators, and tokens with settings:read and tickets:read.',
  })
  async dryRunMail(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => DryRunMailInput, { description: 'The letter.' }) input: DryRunMailInput,
  ): Promise<DryRun> {
    return dryRunMail(ctx, input);
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket that it would join.' })
  async ticket(@Root() { ticketId }: MailDryRun, @Ctx() ctx: GraphqlContext): Promise<Ticket | null> {
    return ticketId ? loadTicket(ctx, ticketId) : null;
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket that the new one would be linked to.' })
  async linkedTo(@Root() { linkedToTicketId }: MailDryRun, @Ctx() ctx: GraphqlContext): Promise<Ticket | null> {
    return linkedToTicketId ? loadTicket(ctx, linkedToTicketId) : null;
  }
}
