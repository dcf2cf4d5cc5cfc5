import {
  type Mail,
  messageIdKey,
  NO_TICKET,
  readMessageId,
  readReplyAddress,
  type ThreadToken,
} from '@support-center/mail';
import { Counter } from 'prom-client';
import { In } from 'typeorm';
import { type OutgoingKind, OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { metrics } from '../platform/health-routes.ts';
import { messageIdKey as signingKey } from '../tickets/message-id-key.ts';

const forgedIds = new Counter({
  name: 'mail_forged_ids_total',
  help: 'Message-IDs and addresses of our form in letters whose signature does not hold',
  registers: [metrics],
});

/** Counts ids that imitate ours, for the metrics. */
export function countForged(ids: number): void {
  forgedIds.inc(ids);
}

/** Where a letter names a ticket: by a Message-ID of ours, or by the signed address that it was sent to. */
export type TokenPlace = 'In-Reply-To' | 'References' | 'recipient address';

/** A signature of ours that holds. */
export interface Token {
  readonly ticketNumber: number;
  readonly place: TokenPlace;
  /** How far it stands from the letter: 0 is what it answers directly. */
  readonly distance: number;
}

/** Which of the ids that a letter names are ours. */
export interface OwnIds {
  /** Verified, the nearest first. */
  readonly tokens: readonly Token[];
  /** Ids and addresses of our form whose signature does not hold: to be treated as absent. */
  readonly forged: number;
  isOurs(id: string): boolean;
  /** The mailing that the letter answers; null: none. */
  readonly campaignId: string | null;
  /** What kind of mail the id belongs to; null: it is not ours, or its mail is gone. */
  kindOf(id: string): OutgoingKind | null;
  /** We signed it for a mail that belongs to no ticket, such as a mass mail or a notice to administrators. */
  isWithoutTicket(id: string): boolean;
}

/** The ids that a letter answers, the nearest first, without repeats: In-Reply-To, then References from the right. */
export function answeredIds(mail: Pick<Mail, 'inReplyTo' | 'references'>): { id: string; place: TokenPlace }[] {
  const named = [
    ...mail.inReplyTo.map((id) => ({ id, place: 'In-Reply-To' as const })),
    ...[...mail.references].reverse().map((id) => ({ id, place: 'References' as const })),
  ];
  const seen = new Set<string>();
  return named.filter(({ id }) => {
    const key = messageIdKey(id);
    return !seen.has(key) && seen.add(key);
  });
}

/**
 * Judges every id in Message-ID, In-Reply-To, References and returned reports, and every recipient, by its signature. `returnedId` is an id that
 * a bounce names elsewhere, as in the words of an old mail server. Reads only.
 */
export async function judgeOwnIds(
  ctx: Context,
  mailboxId: string,
  mail: Mail,
  returnedId: string | null = null,
): Promise<OwnIds> {
  const keys = [signingKey(ctx)];
  const options = { mailboxes: [mailboxId] };
  const returned = [
    ...(returnedId === null ? [] : [returnedId]),
    ...mail.reports.flatMap((report) => (report.originalMessageId ? [report.originalMessageId] : [])),
  ];
  const named = answeredIds(mail);
  const ours = new Set<string>();
  const tokens: Token[] = [];
  let forged = 0;
  const judge = (id: string) => readMessageId(id, keys, options);
  const recipients = [...mail.to, ...mail.cc].map(({ address }) => address);
  for (const address of new Set([...recipients, ...mail.deliveredTo])) {
    const token = readReplyAddress(address, keys, options);
    if (token === 'FORGED') forged++;
    else if (token) tokens.push({ ticketNumber: token.ticket, place: 'recipient address', distance: 0 });
  }
  const places = [...returned.map((id) => ({ id, place: 'References' as const })), ...named];
  for (const [at, { id, place }] of places.entries()) {
    const token = judge(id);
    if (token === 'FORGED') forged++;
    if (!isToken(token)) continue;
    ours.add(messageIdKey(id));
    if (token.ticket === NO_TICKET) continue;
    tokens.push({ ticketNumber: token.ticket, place, distance: Math.max(0, at - returned.length) });
  }
  if (mail.messageId) {
    const token = judge(mail.messageId);
    if (isToken(token)) ours.add(messageIdKey(mail.messageId));
  }
  const mails = await ownMails(ctx, [...ours]);
  return {
    tokens,
    forged,
    campaignId: named.map(({ id }) => mails.get(messageIdKey(id))?.campaignId).find((id) => id) ?? null,
    isOurs: (id) => ours.has(messageIdKey(id)) || isToken(judge(id)),
    isWithoutTicket: (id) => {
      const token = judge(id);
      return isToken(token) && token.ticket === NO_TICKET;
    },
    kindOf: (id) => mails.get(messageIdKey(id))?.kind ?? null,
  };
}

function isToken(token: ThreadToken | 'FORGED' | null): token is ThreadToken {
  return token !== null && token !== 'FORGED';
}

async function ownMails(ctx: Context, keys: string[]): Promise<Map<string, Pick<OutgoingMail, 'kind' | 'campaignId'>>> {
  if (keys.length === 0) return new Map();
  const rows = await ctx.db.find(OutgoingMail, {
    where: { messageId: In(keys.map((key) => `<${key}>`)) },
    select: { messageId: true, kind: true, campaignId: true },
  });
  return new Map(rows.map((row) => [messageIdKey(row.messageId), row]));
}
