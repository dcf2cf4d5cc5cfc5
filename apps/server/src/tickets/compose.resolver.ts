import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { ReplyAll, UndoneReply, UploadLimits, WaitingMail, WaitingMails } from './compose.types.ts';
import { Draft } from './draft.entity.ts';
import { editAgain } from './edit-again.ts';
import { forwardMessage } from './forward-message.ts';
import { keepWaiting } from './keep-waiting.ts';
import { MAX_RECIPIENTS } from './mail-recipients.ts';
import { Message } from './message.entity.ts';
import { replyAllOf } from './reply-all.ts';
import { Ticket } from './ticket.entity.ts';
import { ForwardMessageInput, MessageIdInput } from './ticket.inputs.ts';
import { requireMayWork } from './ticket.policy.ts';
import { findWaitingMails, undoSend } from './undo-send.ts';
import { Upload } from './upload.entity.ts';
import { findOwnUploads, UPLOAD_LIMITS } from './uploads.ts';

@Resolver(() => Ticket)
export class ComposeResolver {
  @Query(() => UploadLimits, { description: 'How much a mail may carry.' })
  uploadLimits(@Ctx() ctx: GraphqlContext): UploadLimits {
    requireMayWork(ctx.actor);
    return { ...UPLOAD_LIMITS, recipients: MAX_RECIPIENTS };
  }

  @Query(() => WaitingMails, { description: "The viewer's mails that wait and can be taken back." })
  async waitingMails(@Ctx() ctx: GraphqlContext): Promise<WaitingMails> {
    requireMayWork(ctx.actor);
    return { now: ctx.clock.now(), nodes: await findWaitingMails(ctx) };
  }

  @Mutation(() => Message, { description: 'Sends a message on to somebody else. The ticket stays as it stands.' })
  async forwardMessage(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ForwardMessageInput, { description: 'What goes to whom.' }) input: ForwardMessageInput,
  ): Promise<Message> {
    return forwardMessage(ctx, input);
  }

  @Mutation(() => UndoneReply, {
    description: 'Takes back a mail of the viewer that still waits; CONFLICT once it has begun to go out.',
  })
  async undoSend(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MessageIdInput, { description: 'The mail.' }) input: MessageIdInput,
  ): Promise<UndoneReply> {
    return undoSend(ctx, input);
  }

  @Mutation(() => WaitingMail, {
    description:
      'Lets a mail of the viewer that still waits wait five seconds from now on, at most two minutes after it was sent; CONFLICT once it has begun to go out.',
  })
  async keepWaiting(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MessageIdInput, { description: 'The mail.' }) input: MessageIdInput,
  ): Promise<WaitingMail> {
    return keepWaiting(ctx, input);
  }

  @Mutation(() => Draft, {
    description: "Copies words, recipients and files of a reply that did not arrive into the viewer's draft.",
  })
  async editAgain(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MessageIdInput, { description: 'The reply.' }) input: MessageIdInput,
  ): Promise<Draft> {
    return editAgain(ctx, input);
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

@Resolver(() => Draft)
export class DraftResolver {
  @FieldResolver(() => [String], { description: 'Whom a forwarded message goes to, as typed.' })
  to(@Root() draft: Draft): string[] {
    return draft.to ?? [];
  }

  @FieldResolver(() => [String], { description: 'Who is to get a copy, as typed.' })
  cc(@Root() draft: Draft): string[] {
    return draft.cc ?? [];
  }

  @FieldResolver(() => [String], { description: 'Who is to get a blind copy, as typed.' })
  bcc(@Root() draft: Draft): string[] {
    return draft.bcc ?? [];
  }

  @FieldResolver(() => [ID], { description: 'Files of the forwarded message that do not go along.' })
  leftOutIds(@Root() draft: Draft): string[] {
    return draft.leftOutIds ?? [];
  }

  @FieldResolver(() => [Upload], { description: 'Its files, as far as this session sent them up.' })
  async attachments(@Root() draft: Draft, @Ctx() ctx: GraphqlContext): Promise<Upload[]> {
    return findOwnUploads(ctx, draft.attachmentIds ?? []);
  }

  @FieldResolver(() => Int, { description: 'How many files it had that another session sent up, or that are gone.' })
  async lostAttachments(@Root() draft: Draft, @Ctx() ctx: GraphqlContext): Promise<number> {
    const ids = draft.attachmentIds ?? [];
    return ids.length - (await findOwnUploads(ctx, ids)).length;
  }
}
