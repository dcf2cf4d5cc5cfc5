import { MaxLength } from 'class-validator';
import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, Field, FieldResolver, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import { type FailureCause, listFailureCauses } from '../outbound/failure-causes.ts';
import { OutgoingKind } from '../outbound/outgoing-mail.entity.ts';
import { Sending } from '../outbound/sending.types.ts';
import { countWaitingByKind, lastSentAt } from '../outbound/sending-facts.ts';
import { readSendingState } from '../outbound/sending-state.ts';
import { tryWaitingNow } from '../outbound/try-waiting-now.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { SupportSettingsInput } from '../settings/settings.inputs.ts';
import { SettingsProblem } from '../settings/settings.type.ts';
import { sendingProblems } from '../settings/settings-problems.ts';
import { retryFailed } from './retry-failed.ts';
import { sendTestMail } from './send-test-mail.ts';

@ObjectType({ description: 'How many mails of a kind wait.' })
export class WaitingKind {
  @Field(() => OutgoingKind, { description: 'The kind.' })
  kind: OutgoingKind;

  @Field(() => Int, { description: 'How many.' })
  count: number;
}

@ObjectType('FailureCause', { description: 'Mails that were refused for good for the same reason.' })
export class FailureCauseType {
  @Field(() => String, { description: 'The reason, without what differs from mail to mail.' })
  cause: string;

  @Field(() => Int, { description: 'How many of the newest 5000 failed mails.' })
  count: number;

  @Field(() => Int, { description: 'Those of them that belong to mailings; retryFailedMails leaves them alone.' })
  ofMailings: number;
}

@ObjectType({ description: 'How a test of sending went.' })
export class TestMail {
  @Field(() => Boolean, { description: 'The mail server took it.' })
  ok: boolean;

  @Field(() => String, { description: 'To whom it was written: the agent who asked.' })
  to: string;

  @Field(() => String, { description: "What happened, with the server's words." })
  message: string;

  @Field(() => Int, { description: 'How long it took.' })
  durationMs: number;
}

@InputType({ description: 'Which failed mails to send again.' })
export class RetryFailedMailsInput {
  @Field(() => String, { description: 'The reason, as `Sending.failureCauses` names it.' })
  @MaxLength(300)
  cause: string;
}

/** What the page of sending shows beside the figures, and what can be done for many mails at once. */
@Resolver(() => Sending)
export class SendingPageResolver {
  @FieldResolver(() => SettingsProblem, {
    nullable: true,
    description: 'What must be given before anything can be sent; null: sending is set up.',
  })
  async missing(@Ctx() ctx: GraphqlContext): Promise<SettingsProblem | null> {
    return sendingProblems(await readSettings(ctx))[0] ?? null;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'Since when the mail server takes nothing; null: it takes mail.',
  })
  async troubleSince(@Ctx() ctx: GraphqlContext): Promise<Date | null> {
    return (await readSendingState(ctx)).troubleSince;
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'When the mail server last took a mail; null: never yet.',
  })
  async lastSentAt(@Ctx() ctx: GraphqlContext): Promise<Date | null> {
    return lastSentAt(ctx);
  }

  @FieldResolver(() => [WaitingKind], {
    description: 'The waiting mails by kind; kinds of which none waits are left out.',
  })
  async waiting(@Ctx() ctx: GraphqlContext): Promise<WaitingKind[]> {
    return countWaitingByKind(ctx);
  }

  @FieldResolver(() => [FailureCauseType], {
    description: 'Why mails were refused for good, the commonest reason first.',
  })
  async failureCauses(@Ctx() ctx: GraphqlContext): Promise<FailureCause[]> {
    return listFailureCauses(ctx);
  }

  @Mutation(() => Sending, { description: 'Tries what waits after a failure at once.' })
  async trySendingNow(@Ctx() ctx: GraphqlContext): Promise<Sending> {
    return tryWaitingNow(ctx);
  }

  @Mutation(() => Int, {
    description: 'Sends all mails again that failed for one reason, those of mailings excepted; answers how many.',
  })
  async retryFailedMails(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => RetryFailedMailsInput, { description: 'Which ones.' }) input: RetryFailedMailsInput,
  ): Promise<number> {
    return retryFailed(ctx, input);
  }

  @Mutation(() => TestMail, {
    description: 'Sends one mail to the agent who asks, with the given or the saved values, and stores nothing.',
  })
  async sendTestMail(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SupportSettingsInput, { nullable: true, description: 'Values that are not saved yet.' })
    input: SupportSettingsInput | null,
  ): Promise<TestMail> {
    return sendTestMail(ctx, input ?? {});
  }
}
