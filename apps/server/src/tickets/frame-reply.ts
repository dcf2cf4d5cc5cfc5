import type { Agent } from '../accounts/agent.entity.ts';
import { templateText } from '../outbound/mail-templates.ts';
import { renderHtml, renderText } from '../outbound/render-template.ts';
import { signedAs } from '../outbound/sender-profile.ts';
import type { Context } from '../platform/context.ts';
import type { ReplyBody } from './reply-body.ts';
import { replyValues } from './reply-values.ts';
import type { Ticket } from './ticket.entity.ts';

/** A reply inside the desk's frame, signed by its author; and the name that stands beside the Support Email. */
export async function frameReply(
  ctx: Context,
  ticket: Ticket,
  body: ReplyBody,
  { author, supportEmail }: { author: Agent | null; supportEmail: string },
): Promise<{ body: ReplyBody; fromName: string | null }> {
  const signed = author === null ? null : await signedAs(ctx, author);
  const values = new Map([
    ...(await replyValues(ctx, ticket, { author, supportEmail })),
    ['reply', body.text],
    ['signature', signed?.signature ?? ''],
  ]);
  const template = await templateText(ctx, 'REPLY_FRAME');
  const html = body.html === null ? null : renderHtml(template, values, new Map([['reply', body.html]]));
  return { body: { text: renderText(template, values), html }, fromName: signed?.name ?? null };
}
