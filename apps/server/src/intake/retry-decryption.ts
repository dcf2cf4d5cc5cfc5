import { IsNull, Not } from 'typeorm';
import { requireScope } from '../accounts/account.policy.ts';
import { readWholeBlob } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Message } from '../tickets/message.entity.ts';
import { replaceLetter } from '../tickets/replace-letter.ts';
import type { RequesterKey } from '../tickets/requester-key.entity.ts';
import { useRequesterKey } from '../tickets/requester-keys.ts';
import { requireMayWork } from '../tickets/ticket.policy.ts';
import { judgeMail, toLetter } from './file-mail.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { openedStretches, withoutOpenedText } from './opened-text.ts';
import { readLetter } from './read-letter.ts';
import type { UnderstoodMail } from './understood-mail.ts';

/** Letters that one call of {@link retryAllDecryption} tries. */
export const MAX_RETRIES = 100;

/** What trying all letters again came to. */
export interface RetrySummary {
  readonly tried: number;
  readonly opened: number;
}

/**
 * Reads an encrypted or signed letter anew with the keys of now and puts what it holds in its message's place; also
 * checks its signature again. A letter that still does not open says the reason of now. One that was opened before stays
 * as it was stored, with its text or without, whatever the setting says by now. Twice is harmless.
 * @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function retryDecryption(ctx: Context, messageId: string): Promise<Message> {
  requireMayWork(ctx.actor);
  const { message, inbound, understood } = await readAgain(ctx, messageId);
  if (!message.pgp) return message;
  return transact(ctx, async (ctx) => {
    const current = await ctx.db.findOneByOrFail(Message, { id: messageId });
    const settings = await readSettings(ctx);
    const openedBefore = openedStretches(current.pgp);
    const isKept = openedBefore > 0 ? current.pgp!.textIsKept : settings.keepOpenedText;
    // Its key may be gone by now: what is kept is not given up for a letter that opens less far.
    if (isKept && openedStretches(understood.pgp) < openedBefore) return current;
    const { decision } = await judgeMail(
      ctx,
      { mailboxId: inbound.mailboxId, inboundMailId: inbound.id, understood, openedTicketId: current.ticketId },
      settings,
    );
    const isOther = decision.kind === 'JOIN' && decision.ticketId !== current.ticketId;
    const note = isOther ? [`opened later: by what is inside it may belong to #${decision.ticketNumber}`] : [];
    const stored = isKept ? understood : withoutOpenedText(understood);
    const faults = new Set(understood.mail.faults.map(({ message }) => message));
    const reasons = current.reasons.filter((reason) => !faults.has(reason) && !note.includes(reason));
    return replaceLetter(
      ctx,
      current,
      await toLetter(ctx, inbound, stored, { reasons: [...reasons, ...note], warnings: current.warnings ?? [] }),
    );
  });
}

/** Tries every letter that may open by now, at most {@link MAX_RETRIES}, the longest untried first. @throws AppError FORBIDDEN */
export async function retryAllDecryption(ctx: Context): Promise<RetrySummary> {
  requireScope(ctx.actor, 'settings:write');
  const waiting = await ctx.db.find(Message, {
    where: { pgpFailedAt: Not(IsNull()) },
    order: { pgpFailedAt: 'ASC', id: 'ASC' },
    select: { id: true, pgpFailedAt: true },
    take: MAX_RETRIES,
  });
  let opened = 0;
  for (const { id } of waiting) if ((await retryDecryption(ctx, id)).pgpFailedAt === null) opened++;
  return { tried: waiting.length, opened };
}

/** How many letters wait for a key or a phrase, and how many of them for a key that is here but cannot be unlocked. */
export async function countUnopened(ctx: Context): Promise<{ count: number; keyLocked: number }> {
  const pgpFailedAt = Not(IsNull());
  const count = await ctx.db.countBy(Message, { pgpFailedAt });
  if (count === 0) return { count, keyLocked: 0 };
  const keyLocked = await ctx.db
    .createQueryBuilder(Message, 'm')
    .where('m.pgpFailedAt IS NOT NULL AND m.pgp LIKE :locked', { locked: '%"failure":"KEY_LOCKED"%' })
    .getCount();
  return { count, keyLocked };
}

/** An encrypted letter opened for reading now, where its text is not kept. @throws AppError NOT_FOUND, FORBIDDEN */
export async function readAgain(
  ctx: Context,
  messageId: string,
): Promise<{ message: Message; inbound: InboundMail; understood: UnderstoodMail }> {
  const message = await ctx.db.findOneBy(Message, { id: messageId, kind: 'INBOUND' });
  const inbound = message?.inboundMailId && (await ctx.db.findOneBy(InboundMail, { id: message.inboundMailId }));
  if (!message || !inbound) throw notFound('letter');
  return {
    message,
    inbound,
    understood: await readLetter(ctx, inbound.id, await readWholeBlob(ctx, inbound.rawBlobId)),
  };
}

const MAX_CHECKED = 20;

/**
 * An agent's choice to trust a key, see {@link useRequesterKey}; the newest letters that it may have signed are checked
 * with it at once. @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function trustRequesterKey(ctx: Context, id: string): Promise<RequesterKey> {
  const key = await useRequesterKey(ctx, id);
  const signed = await ctx.db
    .createQueryBuilder(Message, 'm')
    .select('m.id')
    .where('m.fromAddress = :address AND m.kind = :kind', { address: key.address, kind: 'INBOUND' })
    .andWhere('m.pgp LIKE :unknown', { unknown: '%"signature":"UNKNOWN_KEY"%' })
    .orderBy('m.createdAt', 'DESC')
    .take(MAX_CHECKED)
    .getMany();
  for (const message of signed) await retryDecryption(ctx, message.id);
  return key;
}
