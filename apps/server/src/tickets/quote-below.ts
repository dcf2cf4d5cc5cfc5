import { REPLY_MARKER } from '@support-center/mail';
import { escapeHtml } from '../outbound/escape-html.ts';
import type { Context } from '../platform/context.ts';
import { Message } from './message.entity.ts';
import { holdsSecrets } from './pgp-state.ts';
import type { ReplyBody } from './reply-body.ts';

const MAX_QUOTE = 4000;

/**
 * The reply with the newest letter quoted under our marker line, which later tells where the requester's own words end.
 * A letter that came encrypted is quoted only where the reply is encrypted too; one from a new sender is never quoted:
 * the requester has not seen it.
 */
export async function quoteBelow(
  ctx: Context,
  ticketId: string,
  body: ReplyBody,
  isSealed = false,
): Promise<{ text: string; html: string | null }> {
  const newest = await ctx.db.findOne(Message, {
    where: { ticketId, kind: 'INBOUND', newSender: false },
    order: { createdAt: 'DESC', id: 'DESC' },
  });
  if (!newest || newest.newText === '' || (!isSealed && holdsSecrets(newest.pgp))) return body;
  const head = `${newest.fromName ?? newest.fromAddress ?? 'You'} wrote on ${newest.createdAt.toISOString().slice(0, 16).replace('T', ' ')} UTC:`;
  const words = newest.newText.length > MAX_QUOTE ? `${newest.newText.slice(0, MAX_QUOTE)}…` : newest.newText;
  const lines = words.split('\n');
  return {
    text: `${body.text}\n\n${REPLY_MARKER}\n${head}\n${lines.map((line) => `> ${line}`).join('\n')}\n`,
    html:
      body.html === null
        ? null
        : `${body.html}<p>${escapeHtml(REPLY_MARKER)}<br>${escapeHtml(head)}</p><blockquote type="cite">${lines.map(escapeHtml).join('<br>')}</blockquote>`,
  };
}
