import { requireAgent } from '../accounts/account.policy.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { Attachment } from './attachment.entity.ts';
import { Draft } from './draft.entity.ts';
import { lockTicket } from './lock-ticket.ts';
import { Message } from './message.entity.ts';
import { editableHtml } from './reply-body.ts';
import { requireMayWork } from './ticket.policy.ts';
import { Upload } from './upload.entity.ts';
import { ownerOf } from './uploads.ts';

const NOT_ARRIVED: readonly string[] = ['FAILED', 'BOUNCED', 'DISCARDED', 'UNKNOWN'];

/**
 * Copies a reply that did not arrive into the viewer's draft, with copies of its files; the message stays as it stands.
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT when it may still arrive, or when the viewer's draft has other words
 */
export async function editAgain(ctx: Context, { messageId }: { messageId: string }): Promise<Draft> {
  requireMayWork(ctx.actor);
  const agentId = requireAgent(ctx.actor);
  return transact(ctx, async (ctx) => {
    const message = await ctx.db.findOneBy(Message, { id: messageId });
    if (!message) throw notFound('message');
    await lockTicket(ctx, message.ticketId);
    const { ticketId, outgoingMailId } = message;
    const mail = outgoingMailId ? await ctx.db.findOneBy(OutgoingMail, { id: outgoingMailId }) : null;
    if (message.kind !== 'REPLY' || !mail || !NOT_ARRIVED.includes(mail.state))
      throw new AppError('CONFLICT', 'Only a reply that did not arrive can be edited again. Nothing was changed.');
    if (await ctx.db.existsBy(Draft, { ticketId, agentId }))
      throw new AppError('CONFLICT', 'You have a draft in this ticket. Send it or empty it first; it was kept.');
    const copies = await copyFiles(ctx, message);
    const renamed = (html: string) =>
      copies.reduce((text, { from, upload }) => text.replaceAll(`/uploads/${from}`, `/uploads/${upload.id}`), html);
    const draft = Object.assign(new Draft(), {
      ticketId,
      agentId,
      text: message.newText,
      html: message.html === null ? null : renamed(editableHtml(message.html)),
      isNote: false,
      to: null,
      cc: message.cc.length > 0 ? message.cc : null,
      bcc: message.bcc?.length ? message.bcc : null,
      attachmentIds: copies.length > 0 ? copies.map(({ upload }) => upload.id) : null,
      forwardOfId: null,
      leftOutIds: null,
      updatedAt: ctx.clock.now(),
    });
    await ctx.db.insert(Draft, { ...draft });
    return draft;
  });
}

async function copyFiles(ctx: Context, message: Message): Promise<{ from: string; upload: Upload }[]> {
  const files = await ctx.db.find(Attachment, { where: { messageId: message.id }, order: { position: 'ASC' } });
  const createdAt = ctx.clock.now();
  const copies = files.map(({ id: from, name, mimeType, sizeBytes, blobId }) => ({
    from,
    upload: Object.assign(new Upload(), {
      id: ctx.random.id(createdAt),
      owner: ownerOf(ctx.actor),
      name,
      mimeType,
      sizeBytes,
      blobId,
      createdAt,
    }),
  }));
  if (copies.length > 0)
    await ctx.db.insert(
      Upload,
      copies.map(({ upload }) => upload),
    );
  return copies;
}
