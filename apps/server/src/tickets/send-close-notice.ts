import { replySubject } from '@support-center/mail';
import { Like, MoreThan } from 'typeorm';
import { findAddressStates } from '../outbound/address-state.ts';
import { templateText } from '../outbound/mail-templates.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { renderText } from '../outbound/render-template.ts';
import type { Context } from '../platform/context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { sendAutomaticMail } from './send-automatic-mail.ts';
import type { Ticket } from './ticket.entity.ts';

const ONCE_IN_MS = 24 * 3_600_000;

/**
 * Tells the requester that the ticket was closed, in the caller's transaction, where the desk wants that. Only where we
 * have answered a person before, to an address that mail reaches, and once in a day: two desks cannot keep each other busy with it.
 */
export async function sendCloseNotice(ctx: Context, ticket: Ticket): Promise<void> {
  const settings = await readSettings(ctx);
  const to = ticket.requesterEmail;
  if (!settings.sendCloseNotice || !settings.supportEmail || !to || !ticket.lastReplyId) return;
  if ((await findAddressStates(ctx, [to])).get(to)?.undeliverableAt) return;
  const since = new Date(ctx.clock.now().getTime() - ONCE_IN_MS);
  const dedupeKey = `closed:${ticket.id}:${ticket.closedAt!.getTime()}`;
  const before = { kind: 'NOTICE' as const, toAddress: to, createdAt: MoreThan(since) };
  if (await ctx.db.existsBy(OutgoingMail, { ...before, dedupeKey: Like(`closed:${ticket.id}:%`) })) return;
  const subject = ticket.encrypted ? 'Your message' : ticket.subject;
  const values = new Map([
    ['number', String(ticket.number)],
    ['subject', ticket.encrypted ? '' : ticket.subject],
    ['supportEmail', settings.supportEmail],
  ]);
  await sendAutomaticMail(ctx, ticket, settings, {
    kind: 'NOTICE',
    dedupeKey,
    subject: replySubject(subject, ticket.number),
    text: renderText(await templateText(ctx, 'CLOSE_NOTICE'), values),
    reasons: ['the ticket was closed'],
  });
  ticket.messageCount += 1;
}
