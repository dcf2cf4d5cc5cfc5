import { normalizeAddress } from './addresses.ts';
import { headerValues, type Mail, type MailReportRecipient } from './mail.ts';

/** What a bounce says about one recipient. */
export interface BouncedRecipient {
  /** The address in its normal spelling, or as the report has it when it is none; null when the report does not say. */
  address: string | null;
  /** The enhanced status code such as `5.1.1` (RFC 3463); null when unknown. */
  status: string | null;
  /** The words of the other server, on one line, at most 500 characters. */
  diagnostic: string | null;
}

/** What a bounce says. It proves something only if `isOurs` holds and the recipient is the one that id was issued to. */
export interface Bounce {
  /** At most 100. */
  recipients: BouncedRecipient[];
  /** The Message-ID of the letter that bounced, without angle brackets: one of ours if the bounce names one. */
  originalMessageId: string | null;
  /** Whether that id is one that we issued. */
  isOurs: boolean;
}

/** What a delivery report says in the end. */
export type BounceClass = 'BOUNCE' | 'BOUNCE_DELAY' | 'DELIVERY_OK';

/** How many recipients of one bounce are told. */
export const MAX_BOUNCED_RECIPIENTS = 100;
const MAX_DIAGNOSTIC_LENGTH = 500;
const MAX_SEARCHED_LENGTH = 262_144;
const MAX_SEARCHED_IDS = 20;

const STATUS = /(?:^|[^0-9.])([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.]*[0-9])/;
const REPLY_CODE = /(?:^|[^0-9.])([45])[0-9]{2}(?![0-9.])/;
const OWN_ID = /tt\.[0-9]{1,15}\.[a-z0-9]{1,40}\.[a-z0-9]{1,8}-[a-z2-7]{26}@[a-z0-9.-]{1,253}/gi;

/** The class of a delivery report: one failure makes it a bounce, else one delay a delay. What cannot be told is a bounce. */
export function bounceClassOf(mail: Mail): BounceClass {
  const outcomes = deliveryRecipients(mail).map(outcomeOf);
  if (outcomes.includes('BOUNCE')) return 'BOUNCE';
  return outcomes.includes('BOUNCE_DELAY') ? 'BOUNCE_DELAY' : (outcomes[0] ?? 'BOUNCE');
}

function deliveryRecipients(mail: Mail): MailReportRecipient[] {
  return mail.reports.filter(({ kind }) => kind === 'DELIVERY_STATUS').flatMap(({ recipients }) => recipients);
}

function outcomeOf({ action, status }: MailReportRecipient): BounceClass {
  const word = action?.trim().toLowerCase() ?? '';
  if (word === 'failed') return 'BOUNCE';
  if (word === 'delayed') return 'BOUNCE_DELAY';
  if (['delivered', 'relayed', 'expanded'].includes(word)) return 'DELIVERY_OK';
  return status?.startsWith('4') ? 'BOUNCE_DELAY' : status?.startsWith('2') ? 'DELIVERY_OK' : 'BOUNCE';
}

/** Reads a bounce: the recipients from its report, else from X-Failed-Recipients, and the id of the letter it returns. */
export function readBounce(mail: Mail, messageIdIsOurs: (id: string) => boolean): Bounce {
  const reported = deliveryRecipients(mail).slice(0, MAX_BOUNCED_RECIPIENTS).map(recipientOf);
  const named = mail.reports.find(({ originalMessageId }) => originalMessageId !== null)?.originalMessageId ?? null;
  const ours = idsNamedBy(mail).find(messageIdIsOurs);
  return {
    recipients: reported.length > 0 ? reported : recipientsOfHeader(mail),
    originalMessageId: ours ?? named,
    isOurs: ours !== undefined,
  };
}

function recipientOf(recipient: MailReportRecipient): BouncedRecipient {
  const raw = recipient.originalRecipient ?? recipient.finalRecipient;
  const diagnostic = oneLine(recipient.diagnosticCode);
  return {
    address: raw === null ? null : (normalizeAddress(raw) ?? raw.slice(0, 320)),
    status: statusIn(recipient.status) ?? statusIn(diagnostic),
    diagnostic,
  };
}

function oneLine(text: string | null): string | null {
  const line = text
    ?.slice(0, 4 * MAX_DIAGNOSTIC_LENGTH)
    .replace(/[\s\x00-\x1f]+/g, ' ')
    .trim()
    .slice(0, MAX_DIAGNOSTIC_LENGTH);
  return line ? line : null;
}

/** The enhanced status in a text; else, from a plain SMTP reply code, `5.0.0` or `4.0.0`. */
function statusIn(text: string | null): string | null {
  if (text === null) return null;
  const code = REPLY_CODE.exec(text)?.[1];
  return STATUS.exec(text)?.[1] ?? (code === undefined ? null : `${code}.0.0`);
}

function recipientsOfHeader(mail: Mail): BouncedRecipient[] {
  const status = statusIn(STATUS.exec(mail.text.slice(0, 10_000))?.[1] ?? null);
  return headerValues(mail, 'X-Failed-Recipients')
    .flatMap((value) => value.split(/[\s,;]+/))
    .map(normalizeAddress)
    .filter((address) => address !== null)
    .slice(0, MAX_BOUNCED_RECIPIENTS)
    .map((address) => ({ address, status, diagnostic: null }));
}

/** All ids a bounce may mean, the surest first. */
function idsNamedBy(mail: Mail): string[] {
  const reported = mail.reports.map(({ originalMessageId }) => originalMessageId).filter((id) => id !== null);
  const returned = mail.attachments
    .filter(({ kind }) => kind === 'MESSAGE' || kind === 'REPORT')
    .slice(0, 10)
    .flatMap(({ content }) => ownIdsIn(content.toString('latin1', 0, MAX_SEARCHED_LENGTH)));
  const threaded = [...mail.inReplyTo, ...mail.references.toReversed()];
  return [...reported, ...returned, ...threaded, ...ownIdsIn(mail.text.slice(0, MAX_SEARCHED_LENGTH))];
}

function ownIdsIn(text: string): string[] {
  const found: string[] = [];
  for (const [id] of text.matchAll(OWN_ID)) {
    found.push(id);
    if (found.length === MAX_SEARCHED_IDS) break;
  }
  return found;
}

/** What one proven bounce does to the address: at once undeliverable; undeliverable after 2 within 7 days; a soft count; nothing. */
export type BounceEffect = 'UNDELIVERABLE_NOW' | 'COUNT' | 'SOFT' | 'NONE';

const AT_ONCE = new Set(['5.1.1', '5.1.2', '5.1.10', '5.2.1']);

/**
 * The effect of an enhanced status code (RFC 3463): no such mailbox or domain, or a mailbox switched off, counts at
 * once; 4.x.x and a full mailbox (5.2.2) are soft; refusal by policy (5.7.x) says nothing about the address.
 */
export function bounceEffect(status: string | null): BounceEffect {
  const code = STATUS.exec(status ?? '')?.[1];
  if (code === undefined || code.startsWith('2') || code.startsWith('5.7.')) return 'NONE';
  if (code.startsWith('4') || code === '5.2.2') return 'SOFT';
  return AT_ONCE.has(code) ? 'UNDELIVERABLE_NOW' : 'COUNT';
}
