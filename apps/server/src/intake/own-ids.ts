import { type Mail, messageIdKey, NO_TICKET, readMessageId, type ThreadToken } from '@support-center/mail';
import { In } from 'typeorm';
import { type OutgoingKind, OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
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
  /** What kind of mail the id belongs to; null: it is not ours, or its mail is gone. */
  kindOf(id: string): OutgoingKind | null;
  /** We signed it for a mail that belongs to no ticket, such as a mass mail or a notice to administrators. */
  isWithoutTicket(id: string): boolean;
}

/**
 * Judges every id in Message-ID, In-Reply-To, References and returned reports by its signature. `returnedId` is an id that
 * a bounce names elsewhere, as in the words of an old mail server. Reads only.
 */
export async function judgeOwnIds(
  ctx: Context,
  mailboxId: string,
  mail: Mail,
  returnedId: string | null = null,
): Promise<OwnIds> {
  const keys = [signingKey(ctx)];
  const returned = [
    ...(returnedId === null ? [] : [returnedId]),
    ...mail.reports.flatMap((report) => (report.originalMessageId ? [report.originalMessageId] : [])),
  ];
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
    if (!isToken(token)) continue;
    ours.add(messageIdKey(id));
    if (token.ticket === NO_TICKET) continue;
    tokens.push({ ticketNumber: token.ticket, entry: token.entry, header });
  }
  if (mail.messageId) {
    const token = judge(mail.messageId);
    if (isToken(token)) ours.add(messageIdKey(mail.messageId));
  }
  const kinds = await kindsOf(ctx, [...ours]);
  return {
    tokens,
    forged,
    isOurs: (id) => ours.has(messageIdKey(id)) || isToken(judge(id)),
    isWithoutTicket: (id) => {
      const token = judge(id);
      return isToken(token) && token.ticket === NO_TICKET;
    },
    kindOf: (id) => kinds.get(messageIdKey(id)) ?? null,
  };
}

function isToken(token: ThreadToken | 'FORGED' | null): token is ThreadToken {
  return token !== null && token !== 'FORGED';
}

async function kindsOf(ctx: Context, keys: string[]): Promise<Map<string, OutgoingKind>> {
  if (keys.length === 0) return new Map();
  const rows = await ctx.db.find(OutgoingMail, {
    where: { messageId: In(keys.map((key) => `<${key}>`)) },
    select: { messageId: true, kind: true },
  });
  return new Map(rows.map((row) => [messageIdKey(row.messageId), row.kind]));
}
