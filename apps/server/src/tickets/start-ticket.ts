import { isStrictAddress, normalizeAddress } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { invalidInput } from '../platform/errors.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { snippetOf } from './add-message.ts';
import { saveTicket } from './lock-ticket.ts';
import { createTicket } from './open-ticket.ts';
import { replyBody } from './reply-body.ts';
import { type MailExtras, queueReply } from './reply-to-ticket.ts';
import { warmSealing } from './seal-mail.ts';
import type { Ticket } from './ticket.entity.ts';
import { requireMayWork } from './ticket.policy.ts';
import { moveTicket } from './ticket-status.ts';

/** A matter that an agent begins. */
export interface TicketToStart extends MailExtras {
  readonly requesterEmail: string;
  readonly requesterName?: string | null;
  readonly subject: string;
  readonly text: string;
  readonly html?: string | null;
}

/** Opens a ticket with an agent's first mail to somebody; it waits for their answer. @throws AppError INVALID_INPUT, FORBIDDEN, UNAVAILABLE */
export async function startTicket(ctx: Context, input: TicketToStart): Promise<Ticket> {
  requireMayWork(ctx.actor);
  const email = normalizeAddress(input.requesterEmail);
  if (email === null || !isStrictAddress(email))
    throw invalidInput([{ path: 'requesterEmail', message: 'Enter one address, like anna@example.com.' }]);
  if (input.subject.trim() === '') throw invalidInput([{ path: 'subject', message: 'Enter a subject.' }]);
  const body = replyBody(input);
  await warmSealing(ctx, email, input.encrypt);
  return transact(ctx, async (ctx) => {
    const at = ctx.clock.now();
    const subject = input.subject.replace(/\s+/g, ' ');
    const ticket = await createTicket(ctx, {
      mailboxId: MAIN_MAILBOX,
      requester: { email, name: input.requesterName ?? null },
      subject,
      at,
    });
    const message = await queueReply(ctx, ticket, body, input);
    moveTicket(ticket, 'reply', at);
    ticket.lastReplyId = message.id;
    ticket.messageCount = 1;
    ticket.snippet = snippetOf(body.text);
    ticket.assigneeId = message.authorId;
    return saveTicket(ctx, ticket);
  });
}
