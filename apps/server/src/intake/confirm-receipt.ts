import { type BudgetAnswer, normalizeAddress } from '@support-center/mail';
import { withinConfirmationBudget } from '../outbound/confirmation-budget.ts';
import type { Context } from '../platform/context.ts';
import type { SupportSettings } from '../settings/read-settings.ts';
import type { Message } from '../tickets/message.entity.ts';
import { sendConfirmation } from '../tickets/send-confirmation.ts';
import type { Ticket } from '../tickets/ticket.entity.ts';
import { alertAdministrators } from './alert-administrators.ts';

/** Whether a confirmation may go to this sender now, and why not. Reads only. */
export async function mayConfirmReceipt(
  ctx: Context,
  sender: string | null,
  settings: Pick<SupportSettings, 'supportEmail'>,
): Promise<BudgetAnswer> {
  const address = sender === null ? null : normalizeAddress(sender);
  if (!settings.supportEmail) return { allowed: false, reason: 'the desk has no Support Email yet', isAlarm: false };
  if (address === null) return { allowed: false, reason: 'unknown sender', isAlarm: false };
  return withinConfirmationBudget(ctx, address);
}

/**
 * Queues the one confirmation of a new ticket, in the caller's transaction, if the budget allows it.
 * Returns what to say of it. The decision that the letter deserves one has been made already.
 */
export async function confirmReceipt(
  ctx: Context,
  { ticket, message, settings }: { ticket: Ticket; message: Message; settings: SupportSettings },
): Promise<string[]> {
  const budget = await mayConfirmReceipt(ctx, ticket.requesterEmail, settings);
  if (budget.isAlarm) await alarm(ctx, budget.reason);
  if (!budget.allowed) return [`no confirmation: ${budget.reason}`];
  await sendConfirmation(ctx, { ticket, message, settings });
  return [];
}

/** Too many in all: an attack, a fault, or a very busy day. Somebody must look. */
async function alarm(ctx: Context, reason: string): Promise<void> {
  ctx.log.error({ reason }, 'no more confirmations are sent for now');
  const text = `No more receipt confirmations are sent for now: ${reason}. Tickets are opened as always. If this was no very busy day, look at the newest letters:`;
  await alertAdministrators(ctx, { kind: 'confirmations', subject: 'Receipt confirmations have stopped', text });
}
