import { IsOptional, MaxLength } from 'class-validator';
import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { requireScope } from '../accounts/account.policy.ts';
import { listOutgoingMails } from '../outbound/list-outgoing-mails.ts';
import { DeliveryState, OutgoingKind, OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { mayDiscard, mayMarkSent, mayRetry } from '../outbound/retry-mail.ts';
import { OutgoingMailConnection, Sending } from '../outbound/sending.types.ts';
import { sendingFigures } from '../outbound/sending-figures.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { discardOutgoing, markOutgoingSent } from './retry-delivery.ts';
import { loadTicketNumberOfMail } from './ticket-loaders.ts';

@InputType({ description: 'Which outgoing mails a list shows; what is left out does not narrow it.' })
export class OutgoingMailFilter {
  @Field(() => [DeliveryState], { nullable: true, description: 'Those in any of these states.' })
  state?: DeliveryState[] | null;

  @Field(() => [OutgoingKind], { nullable: true, description: 'Those of any of these kinds.' })
  kind?: OutgoingKind[] | null;

  @Field(() => ID, { nullable: true, description: 'Those of one mailing.' })
  @IsOptional()
  @MaxLength(36)
  campaignId?: string | null;

  @Field(() => String, { nullable: true, description: "A part of the first recipient's address." })
  @IsOptional()
  @MaxLength(200)
  search?: string | null;
}

@InputType({ description: 'Names an outgoing mail.' })
export class OutgoingMailIdInput {
  @Field(() => ID, { description: 'The mail.' })
  @MaxLength(36)
  outgoingMailId: string;
}

@Resolver(() => OutgoingMail)
export class SendingResolver {
  @Query(() => Sending, { description: 'How the way out stands. Administrators, and tokens with settings:read.' })
  async sending(@Ctx() ctx: GraphqlContext): Promise<Sending> {
    requireScope(ctx.actor, 'settings:read');
    return sendingFigures(ctx);
  }

  @Query(() => OutgoingMailConnection, {
    description: 'Outgoing mails, newest first. Administrators, and tokens with settings:read.',
  })
  async outgoingMails(
    @Ctx() ctx: GraphqlContext,
    @Arg('filter', () => OutgoingMailFilter, { nullable: true, description: 'Which ones.' })
    filter: OutgoingMailFilter | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The end cursor of the window before.' }) after:
      | string
      | null,
  ): Promise<OutgoingMailConnection> {
    requireScope(ctx.actor, 'settings:read');
    return listOutgoingMails(ctx, filter ?? {}, { first, after });
  }

  @Mutation(() => OutgoingMail, { description: 'Notes that a mail of unknown fate arrived.' })
  async markOutgoingMailSent(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => OutgoingMailIdInput, { description: 'Which one.' }) input: OutgoingMailIdInput,
  ): Promise<OutgoingMail> {
    return markOutgoingSent(ctx, input.outgoingMailId);
  }

  @Mutation(() => OutgoingMail, { description: 'Gives up a mail that was not sent; it never will be.' })
  async discardOutgoingMail(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => OutgoingMailIdInput, { description: 'Which one.' }) input: OutgoingMailIdInput,
  ): Promise<OutgoingMail> {
    return discardOutgoing(ctx, input.outgoingMailId);
  }

  @FieldResolver(() => Int, { nullable: true, description: 'The number of its ticket; null: it belongs to none.' })
  async ticketNumber(@Root() mail: OutgoingMail, @Ctx() ctx: GraphqlContext): Promise<number | null> {
    return loadTicketNumberOfMail(ctx, mail.id);
  }

  @FieldResolver(() => Boolean, { description: 'retryOutgoingMail is possible now.' })
  canRetry(@Root() mail: OutgoingMail): boolean {
    return mayRetry(mail);
  }

  @FieldResolver(() => Boolean, { description: 'markOutgoingMailSent is possible now.' })
  canMarkSent(@Root() mail: OutgoingMail): boolean {
    return mayMarkSent(mail);
  }

  @FieldResolver(() => Boolean, { description: 'discardOutgoingMail is possible now.' })
  canDiscard(@Root() mail: OutgoingMail): boolean {
    return mayDiscard(mail);
  }
}
