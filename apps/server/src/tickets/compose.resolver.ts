import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { ReplyAll, UndoneReply, UploadLimits } from './compose.types.ts';
import { forwardMessage } from './forward-message.ts';
import { Message } from './message.entity.ts';
import { replyAllOf } from './reply-all.ts';
import { Ticket } from './ticket.entity.ts';
import { ForwardMessageInput, MessageIdInput } from './ticket.inputs.ts';
import { requireMayWork } from './ticket.policy.ts';
import { undoSend } from './undo-send.ts';
import { Upload } from './upload.entity.ts';
import { UPLOAD_LIMITS } from './uploads.ts';

@Resolver(() => Ticket)
export class ComposeResolver {
  @Query(() => UploadLimits, { description: 'How large files for a mail may be.' })
  uploadLimits(@Ctx() ctx: GraphqlContext): UploadLimits {
    requireMayWork(ctx.actor);
    return UPLOAD_LIMITS;
  }

  @Mutation(() => Message, { description: 'Sends a message on to somebody else. The ticket stays as it stands.' })
  async forwardMessage(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ForwardMessageInput, { description: 'What goes to whom.' }) input: ForwardMessageInput,
  ): Promise<Message> {
    return forwardMessage(ctx, input);
  }

  @Mutation(() => UndoneReply, {
    description: 'Takes back a reply of the viewer that still waits; CONFLICT once it has begun to go out.',
  })
  async undoSend(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MessageIdInput, { description: 'The reply.' }) input: MessageIdInput,
  ): Promise<UndoneReply> {
    return undoSend(ctx, input);
  }

  @FieldResolver(() => ReplyAll, { description: 'Whom an answer to everybody goes to.' })
  async replyAll(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<ReplyAll> {
    return replyAllOf(ctx, ticket);
  }
}

@Resolver(() => Upload)
export class UploadResolver {
  @FieldResolver(() => String, { description: 'Where its sender sees it again.' })
  url(@Root() upload: Upload): string {
    return `/uploads/${upload.id}`;
  }
}
