import { NO_TICKET } from '@support-center/mail';
import { IsNull, Like, MoreThan } from 'typeorm';
import { Agent } from '../accounts/agent.entity.ts';
import { automaticHeaders, composeMail } from '../outbound/compose.ts';
import { OutgoingMail } from '../outbound/outgoing-mail.entity.ts';
import { queueMail } from '../outbound/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { readSettings } from '../settings/read-settings.ts';
import { makeOutgoingId } from '../tickets/outgoing-id.ts';

const ONCE_IN_MS = 24 * 3_600_000;

/** What administrators should know although they do not look. */
export interface Alert {
  /** Of one kind at most one a day is sent. */
  readonly kind: 'collection' | 'confirmations';
  readonly subject: string;
  readonly text: string;
}

/**
 * Writes to every administrator, once a day for each kind, in the caller's transaction. Says nothing while sending is
 * not set up: the mail would come when the trouble is long over. Returns how many mails were queued.
 */
export async function alertAdministrators(ctx: Context, { kind, subject, text }: Alert): Promise<number> {
  const { smtpHost, supportEmail, defaultEmailFrom } = await readSettings(ctx);
  const from = supportEmail ?? defaultEmailFrom;
  if (!smtpHost || !from) return 0;
  const now = ctx.clock.now();
  const isTold = await ctx.db.existsBy(OutgoingMail, {
    dedupeKey: Like(`alert:${kind}:%`),
    createdAt: MoreThan(new Date(now.getTime() - ONCE_IN_MS)),
  });
  if (isTold) return 0;
  const administrators = await ctx.db.findBy(Agent, { role: 'ADMIN', disabledAt: IsNull() });
  for (const { id: agentId, email } of administrators) {
    const { id, messageId } = makeOutgoingId(ctx, { number: NO_TICKET, mailboxId: MAIN_MAILBOX }, from);
    const bytes = await composeMail({
      from: { address: from, name: 'Support Center' },
      to: [email],
      subject,
      text: `${text}\n\n${ctx.config.publicUrl}/collection\n\nThis mail was written automatically, at most once a day.`,
      date: now,
      messageId,
      headers: automaticHeaders('auto-generated', from),
    });
    await queueMail(ctx, {
      id,
      kind: 'NOTICE',
      dedupeKey: `alert:${kind}:${now.toISOString()}:${agentId}`,
      messageId,
      subject,
      from,
      recipients: [email],
      bytes,
      nullSender: true,
    });
  }
  return administrators.length;
}
