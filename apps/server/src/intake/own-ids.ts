import { type Mail, messageIdKey, readMessageId } from '@support-center/mail';
import { In } from 'typeorm';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { messageIdKey as signingKey } from '../tickets/message-id-key.ts';

/** Which of the ids that a letter names are ours. */
export interface OwnIds {
  /** Verified, the nearest first. */
  readonly tokens: readonly {
    readonly ticketNumber: number;
    readonly entry: string;
    readonly header: 'In-Reply-To' | 'References';
  }[];
  readonly forged: number;
  isOurs(id: string): boolean;
  /** It is the id of a mail that we sent automatically. */
  isAutomatic(id: string): boolean;
}

/** Judges every id in Message-ID, In-Reply-To, References and returned reports by its signature. Reads only. */
export async function judgeOwnIds(ctx: Context, mailboxId: string, mail: Mail): Promise<OwnIds> {
  const keys = [signingKey(ctx)];
  const returned = mail.reports.flatMap((report) => (report.originalMessageId ? [report.originalMessageId] : []));
  const named = [
    ...mail.inReplyTo.map((id) => ({ id, header: 'In-Reply-To' as const })),
    ...[...returned, ...[...mail.references].reverse()].map((id) => ({ id, header: 'References' as const })),
  ];
  const ours = new Set<string>();
  const tokens: { ticketNumber: number; entry: string; header: 'In-Reply-To' | 'References' }[] = [];
  let forged = 0;
  const judge = (id: string) => readMessageId(id, keys, { mailboxes: [mailboxId] });
  for (const { id, header } of named) {
    const token = judge(id);
    if (token === 'FORGED') forged++;
    if (token === null || token === 'FORGED') continue;
    ours.add(messageIdKey(id));
    tokens.push({ ticketNumber: token.ticket, entry: token.entry, header });
  }
  if (mail.messageId) {
    const token = judge(mail.messageId);
    if (token !== null && token !== 'FORGED') ours.add(messageIdKey(mail.messageId));
  }
  const automatic = await automaticAmong(ctx, [...ours]);
  return {
    tokens,
    forged,
    isOurs: (id) => ours.has(messageIdKey(id)),
    isAutomatic: (id) => automatic.has(messageIdKey(id)),
  };
}

async function automaticAmong(ctx: Context, keys: string[]): Promise<Set<string>> {
  if (keys.length === 0) return new Set();
  const rows = await ctx.db.find(OutgoingMail, {
    where: { messageId: In(keys.map((key) => `<${key}>`)), kind: In(['CONFIRMATION', 'NOTICE']) },
    select: { messageId: true },
  });
  return new Set(rows.map((row) => messageIdKey(row.messageId)));
}
