import { isStrictAddress } from '@support-center/mail';
import { In } from 'typeorm';
import { keepManyBytes } from '../platform/blobs.ts';
import type { Context } from '../platform/context.ts';
import { insertRows } from '../platform/plain-rows.ts';
import { type OutgoingKind, OutgoingMail } from './outgoing-mail.entity.ts';

/** A finished mail that is to be sent. */
export interface MailToQueue {
  /** Given by the caller where the Message-ID holds it. */
  readonly id: string;
  readonly kind: OutgoingKind;
  /** Two wishes with one key are one mail. */
  readonly dedupeKey: string;
  readonly messageId: string;
  /** For lists. */
  readonly subject: string;
  readonly from: string;
  /** Envelope recipients, the first one first; normalised. */
  readonly recipients: readonly string[];
  readonly bytes: Buffer;
  /** Automatic mail has no envelope sender, so that no machine answers it. */
  readonly nullSender?: boolean;
  readonly delayMs?: number;
  /** The mailing that it belongs to. */
  readonly campaignId?: string | null;
}

/** Kinds that a machine writes; they carry the marks of `automaticHeaders`. */
const AUTOMATIC: ReadonlySet<OutgoingKind> = new Set(['CONFIRMATION', 'NOTICE']);
const MAX_SUBJECT = 1000;

/**
 * Writes a mail and the wish to send it in the caller's transaction: no reply without its mail, no mail without its
 * reply. A second wish with the same key changes nothing and returns the first mail.
 * @throws Error when a recipient is no plain address, or a machine's mail is not marked as one: two machines could then answer each other for ever
 */
export async function queueMail(ctx: Context, mail: MailToQueue): Promise<OutgoingMail> {
  const [row] = await queueMails(ctx, [mail]);
  return row!;
}

/** Writes many mails as `queueMail` does one, in the order given; for mailings, a hundred or so at a time. */
export async function queueMails(ctx: Context, mails: readonly MailToQueue[]): Promise<OutgoingMail[]> {
  for (const mail of mails) requireSendable(mail);
  const keys = mails.map(({ dedupeKey }) => dedupeKey);
  const standing = await ctx.db.findBy(OutgoingMail, { dedupeKey: In(keys) });
  const byKey = new Map(standing.map((row) => [row.dedupeKey, row]));
  const fresh = new Map<string, MailToQueue>();
  for (const mail of mails)
    if (!byKey.has(mail.dedupeKey) && !fresh.has(mail.dedupeKey)) fresh.set(mail.dedupeKey, mail);
  const wanted = [...fresh.values()];
  const blobIds = await keepManyBytes(
    ctx,
    wanted.map(({ bytes }) => bytes),
  );
  const rows = wanted.map((mail, n) => toRow(mail, blobIds[n]!, ctx.clock.now()));
  await insertRows(ctx, OutgoingMail, rows);
  for (const row of rows) byKey.set(row.dedupeKey, row);
  ctx.transaction!.wakes.add('mail');
  return keys.map((key) => byKey.get(key)!);
}

function requireSendable(mail: MailToQueue): void {
  if (mail.recipients.length === 0 || !mail.recipients.every(isStrictAddress))
    throw new Error('A mail needs recipients with plain addresses');
  if (AUTOMATIC.has(mail.kind) && !isMarkedAutomatic(mail))
    throw new Error(`A ${mail.kind} must be marked as automatic mail`);
}

function toRow(mail: MailToQueue, blobId: string, now: Date): OutgoingMail {
  const toAddress = mail.recipients[0]!;
  return Object.assign(new OutgoingMail(), {
    id: mail.id,
    kind: mail.kind,
    dedupeKey: mail.dedupeKey,
    messageId: mail.messageId,
    fromAddress: mail.from,
    toAddress,
    toDomain: toAddress.slice(toAddress.lastIndexOf('@') + 1),
    campaignId: mail.campaignId ?? null,
    subject: mail.subject.slice(0, MAX_SUBJECT),
    recipients: [...mail.recipients],
    openRecipients: null,
    nullSender: mail.nullSender ?? false,
    blobId,
    state: 'QUEUED',
    phase: 'CONNECT',
    claim: null,
    insteadOfRetry: null,
    attempts: 0,
    nextAttemptAt: new Date(now.getTime() + (mail.delayMs ?? 0)),
    detail: null,
    createdAt: now,
    sentAt: null,
    forgottenAt: null,
  } satisfies OutgoingMail);
}

/** RFC 3834, sections 3.3 and 5: an Auto-Submitted header and no envelope sender; X-Loop is our own sign. */
function isMarkedAutomatic({ bytes, nullSender }: MailToQueue): boolean {
  const end = bytes.indexOf('\r\n\r\n');
  const header = bytes.toString('latin1', 0, end === -1 ? bytes.length : end);
  return (
    nullSender === true &&
    [/^Auto-Submitted: auto-/im, /^X-Auto-Response-Suppress: All/im, /^X-Loop: ./im].every((mark) => mark.test(header))
  );
}
