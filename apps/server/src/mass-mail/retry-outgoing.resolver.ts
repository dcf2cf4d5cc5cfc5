import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { OutgoingMailIdInput } from '../tickets/sending.resolver.ts';
import { retryOutgoingMail } from './retry-recipient.ts';

/** Trying a mail again stands here and not with the rest of the page Sending, because only here is known what a mailing still sends. */
@Resolver(() => OutgoingMail)
export class RetryOutgoingResolver {
  @Mutation(() => OutgoingMail, { description: 'Sends a mail again as the same mail, or a waiting one now.' })
  async retryOutgoingMail(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => OutgoingMailIdInput, { description: 'Which one.' }) input: OutgoingMailIdInput,
  ): Promise<OutgoingMail> {
    return retryOutgoingMail(ctx, input.outgoingMailId);
  }
}
