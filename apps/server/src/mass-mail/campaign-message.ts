import { domainOf, htmlToText, NO_TICKET, sanitizeMailHtml, signMessageId } from '@support-center/mail';
import { composeMail } from '../outbound/compose.ts';
import { escapeHtml } from '../outbound/escape-html.ts';
import type { MailToQueue } from '../outbound/queue-mail.ts';
import type { Context } from '../platform/context.ts';
import { invalidInput } from '../platform/errors.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { messageIdKey } from '../tickets/message-id-key.ts';
import type { Campaign } from './campaign.entity.ts';
import type { CampaignRecipient } from './campaign-recipient.entity.ts';
import { FIXED_PLACEHOLDERS, fillPlaceholders, type PlaceholderValues } from './placeholders.ts';
import { unsubscribeLink } from './unsubscribe-token.ts';

/** Limits of what an administrator writes. */
export const MAX_SUBJECT = 300;
export const MAX_BODY = 500_000;
const USES_LINK = /\{\{\s*unsubscribe_link\s*(?:\||\}\})/;

/** What is written once for all. */
export type CampaignText = Pick<Campaign, 'subject' | 'text' | 'html'>;

/** The message for one addressee, filled in. */
export interface FilledMessage {
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
}

/** Cleans what was written: HTML by the same allow-list as mail, a text made of it where none is given. @throws AppError INVALID_INPUT */
export function readCampaignText({ subject, text, html }: CampaignText): CampaignText {
  const errors = [];
  if (subject.length > MAX_SUBJECT)
    errors.push({ path: 'subject', message: `A subject has at most ${MAX_SUBJECT} characters.` });
  if (/[\r\n\u0000]/.test(subject)) errors.push({ path: 'subject', message: 'A subject stands on one line.' });
  if (text.length > MAX_BODY) errors.push({ path: 'text', message: 'A message has at most 500,000 characters.' });
  if (html && html.length > MAX_BODY)
    errors.push({ path: 'html', message: 'A message has at most 500,000 characters.' });
  if (errors.length > 0) throw invalidInput(errors);
  const clean = html?.trim() ? sanitizeMailHtml(html, { loadRemoteImages: true }).html : null;
  return { subject: subject.trim(), text: text.trim() || (clean ? htmlToText(clean) : ''), html: clean };
}

/** Placeholders that may stand in this mailing. */
export function knownPlaceholders({ columns }: Pick<Campaign, 'columns'>): string[] {
  return [...new Set<string>([...FIXED_PLACEHOLDERS, ...columns])];
}

/** What stands for each placeholder in the mail to one addressee. A column `first_name` of the list says it better than we can guess it. */
export function placeholderValues(
  { address, name, fields }: Pick<CampaignRecipient, 'address' | 'name' | 'fields'>,
  link: string,
): PlaceholderValues {
  return new Map([
    ...Object.entries(fields),
    ['email', address],
    ['name', name ?? ''],
    ['first_name', fields.first_name?.trim() || firstNameOf(name)],
    ['unsubscribe_link', link],
  ]);
}

/** The message as one addressee gets it, with a line to unsubscribe where the text has none of its own. */
export function fillMessage(
  campaign: CampaignText,
  { address, name, fields }: Pick<CampaignRecipient, 'address' | 'name' | 'fields'>,
  link: string,
): FilledMessage {
  const values = placeholderValues({ address, name, fields }, link);
  const usesLink = USES_LINK.test(campaign.text) || USES_LINK.test(campaign.html ?? '');
  const text = fillPlaceholders(campaign.text, values);
  const html = campaign.html === null ? null : fillPlaceholders(campaign.html, values, escapeHtml);
  return {
    subject: fillPlaceholders(campaign.subject, values)
      .replace(/[\p{Cc}]+/gu, ' ')
      .slice(0, MAX_SUBJECT * 2),
    text: usesLink ? text : `${text}\n\n-- \nTo get no more of these mails: ${link}\n`,
    html:
      html === null || usesLink
        ? html
        : `${html}<hr><p><a href="${escapeHtml(link)}">Get no more of these mails</a></p>`,
  };
}

/** The finished mail to one addressee. The envelope sender is the Support Email, so that what comes back is collected. */
export async function campaignMail(
  ctx: Context,
  campaign: Campaign,
  recipient: CampaignRecipient,
  supportEmail: string,
): Promise<MailToQueue> {
  const link = unsubscribeLink(ctx, recipient);
  const message = fillMessage(campaign, recipient, link);
  const token = { ticket: NO_TICKET, entry: recipient.id.replaceAll('-', ''), mailbox: MAIN_MAILBOX };
  const messageId = signMessageId(token, messageIdKey(ctx), domainOf(supportEmail) ?? 'localhost');
  const answersGoElsewhere = campaign.fromAddress !== supportEmail;
  const bytes = await composeMail({
    from: { address: campaign.fromAddress, name: null },
    to: [recipient.address],
    ...message,
    date: ctx.clock.now(),
    messageId,
    headers: {
      'List-Unsubscribe': `<${link}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      // No word to stop reports of failure: they are what tells us of dead addresses.
      'X-Auto-Response-Suppress': 'DR, OOF, AutoReply',
      ...(answersGoElsewhere ? { 'Reply-To': supportEmail } : {}),
    },
  });
  return {
    id: recipient.id,
    kind: 'CAMPAIGN',
    dedupeKey: `mass:${recipient.id}`,
    messageId,
    subject: message.subject,
    from: supportEmail,
    recipients: [recipient.address],
    bytes,
    campaignId: campaign.id,
  };
}

/** The word that most people are called by: the first, or the one after the comma in "Nyström, Freya". */
function firstNameOf(name: string | null): string {
  if (!name) return '';
  const comma = name.indexOf(',');
  return (comma === -1 ? name : name.slice(comma + 1)).trim().split(/\s+/, 1)[0] ?? '';
}
