import { headerValues, parseMessageIds } from '@support-center/mail';
import { In } from 'typeorm';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import type { Context } from '../platform/context.ts';
import { Message } from './message.entity.ts';

/** RFC 5322 sets no number; mail programs cut long ones, and first and last are what they need. */
const MAX_REFERENCES = 20;

/**
 * In-Reply-To and References (RFC 5322, section 3.6.4) for the next mail of a ticket: it answers the newest letter, and
 * names the letters and our mails of the ticket, so that every mail program shows one thread. Letters of new senders are
 * left out: the requester's mail program does not know them.
 */
export async function threadHeaders(
  ctx: Context,
  ticketId: string,
): Promise<{ inReplyTo: string | null; references: string[] }> {
  const messages = await ctx.db.find(Message, {
    where: { ticketId, kind: In(['INBOUND', 'REPLY', 'CONFIRMATION']), newSender: false },
    select: { id: true, kind: true, headers: true, outgoingMailId: true, createdAt: true },
    order: { createdAt: 'ASC', id: 'ASC' },
  });
  const outgoing = messages.flatMap((message) => (message.outgoingMailId ? [message.outgoingMailId] : []));
  const mails =
    outgoing.length > 0
      ? await ctx.db.find(OutgoingMail, { where: { id: In(outgoing) }, select: { id: true, messageId: true } })
      : [];
  const idOfMail = new Map(mails.map((mail) => [mail.id, mail.messageId]));
  const ids = messages.map((message) => {
    if (message.outgoingMailId) return idOfMail.get(message.outgoingMailId) ?? null;
    const [own] = headerValues(message, 'Message-ID').flatMap(parseMessageIds);
    return own ? `<${own}>` : null;
  });
  const newestLetter = messages.findLastIndex((message) => message.kind === 'INBOUND');
  const known = ids.filter((id) => id !== null);
  const inReplyTo = (newestLetter === -1 ? null : ids[newestLetter]) ?? known.at(-1) ?? null;
  const references = known.length > MAX_REFERENCES ? [known[0]!, ...known.slice(1 - MAX_REFERENCES)] : known;
  return {
    inReplyTo,
    references: inReplyTo ? [...references.filter((id) => id !== inReplyTo), inReplyTo] : references,
  };
}
