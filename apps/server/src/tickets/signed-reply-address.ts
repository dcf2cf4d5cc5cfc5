import { signReplyAddress } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { messageIdKey } from './message-id-key.ts';
import type { Ticket } from './ticket.entity.ts';

/** An address of the desk that names the ticket by itself; null where the Support Email leaves no room for it. */
export function signedReplyAddress(
  ctx: Pick<Context, 'secrets'>,
  ticket: Pick<Ticket, 'number' | 'mailboxId'>,
  supportEmail: string,
): string | null {
  try {
    return signReplyAddress(supportEmail, { ticket: ticket.number, mailbox: ticket.mailboxId }, messageIdKey(ctx));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The header that asks for answers to the signed address, where the desk has switched it on. */
export function replyToHeader(
  ctx: Pick<Context, 'secrets'>,
  ticket: Pick<Ticket, 'number' | 'mailboxId'>,
  settings: { readonly signedReplyAddress: boolean; readonly supportEmail: string | null },
): Record<string, string> {
  const address =
    settings.signedReplyAddress && settings.supportEmail
      ? signedReplyAddress(ctx, ticket, settings.supportEmail)
      : null;
  return address === null ? {} : { 'Reply-To': address };
}
