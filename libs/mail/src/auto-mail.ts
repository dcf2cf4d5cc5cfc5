import { domainOf, normalizeAddress, withoutSubAddress } from './addresses.ts';
import {
  type AutoMailClass,
  CHALLENGE_DOMAINS,
  CHALLENGE_HEADERS,
  DAEMON_LOCAL_PARTS,
  firstToken,
  HEADER_RULES,
  type HeaderRule,
  NO_REPLY_WORDS,
} from './auto-mail-rules.ts';
import { type Bounce, bounceClassOf, readBounce } from './bounces.ts';
import { ABSENCE_SUBJECTS, AUTO_REPLY_PREFIXES, BOUNCE_SUBJECTS } from './languages.ts';
import { headerValue, headerValues, type Mail } from './mail.ts';
import { hasOwnWords } from './reply-text.ts';
import { foldText } from './subject.ts';

export type { AutoMailClass };

/** How to know our own mail. */
export interface OwnMarks {
  /** Whether this Message-ID, without angle brackets, is one that we issued (its MAC holds). */
  messageIdIsOurs(id: string): boolean;
  /** Whether it is the id of a letter that we sent automatically, such as a confirmation. */
  messageIdIsAutomatic(id: string): boolean;
  /** The addresses of all our mailboxes, in any spelling. */
  mailboxAddresses: readonly string[];
  /** What we write into X-Loop. */
  xLoopValue: string;
}

/** The class of a letter and why. */
export interface AutoMailVerdict {
  class: AutoMailClass;
  /** One plain phrase for an agent, such as "automatic mail (Auto-Submitted: auto-replied)". */
  reason: string;
  /** True when a person must look before anything happens. A `LOOP` that is not held is blocked. */
  hold: boolean;
  /** For `BOUNCE`, `BOUNCE_DELAY` and `DELIVERY_OK`. */
  bounce?: Bounce;
}

/** More Received headers than this, and the letter goes in circles (RFC 5321, section 6.3, counts to 100; we are stricter). */
export const MAX_RECEIVED_HEADERS = 25;
/** So many automatic letters of ours in a row, answered by nobody, and two machines talk. */
export const MAX_AUTOMATIC_ANCESTORS = 2;

/**
 * Who wrote this letter (RFC 3834, 3464, 8098, 5965, 2919). The rules stand in this order: our own mail, reports,
 * challenges, headers of machines, the null path, addresses nobody reads, the subject. A subject alone never makes a
 * machine of a person who wrote some words: "Out of office: how do I set it?" stays human.
 */
export function classifyAutoMail(mail: Mail, own: OwnMarks): AutoMailVerdict {
  return (
    asLoop(mail, own) ??
    asReport(mail, own) ??
    asChallenge(mail) ??
    asMachine(mail, own) ??
    asWordless(mail) ?? { class: 'HUMAN', reason: 'no sign of a machine', hold: false }
  );
}

function verdict(kind: AutoMailClass, reason: string, hold = false): AutoMailVerdict {
  return { class: kind, reason, hold };
}

function asLoop(mail: Mail, own: OwnMarks): AutoMailVerdict | null {
  const from = mail.from === null ? null : baseAddress(mail.from.address);
  if (from !== null && own.mailboxAddresses.some((address) => baseAddress(address) === from)) {
    return verdict('LOOP', 'our own mail came back (From is one of our mailboxes)');
  }
  const isOurs = mail.messageId !== null && own.messageIdIsOurs(mail.messageId);
  const isMarked = headerValues(mail, 'X-Loop').some(
    (value) => value.trim() === own.xLoopValue && own.xLoopValue !== '',
  );
  if (isOurs && isMarked) return verdict('LOOP', 'our own mail came back (Message-ID and X-Loop are ours)');
  if (isOurs) return verdict('LOOP', 'the Message-ID is one of our own', true);
  if (isMarked) return verdict('LOOP', 'the letter carries our X-Loop mark', true);
  const hops = headerValues(mail, 'Received').length;
  if (hops > MAX_RECEIVED_HEADERS) return verdict('LOOP', `the letter went through ${hops} servers`, true);
  return automaticAncestors(mail, own) > MAX_AUTOMATIC_ANCESTORS
    ? verdict('LOOP', 'two machines answer each other (References name only automatic mail of ours)', true)
    : null;
}

/** The address without a sub-address, so that our signed reply addresses count as ours. */
function baseAddress(raw: string): string | null {
  const address = normalizeAddress(raw);
  return address === null ? null : withoutSubAddress(address);
}

/** Our automatic letters at the end of References with none of our people's between them; foreign ids do not part them. */
function automaticAncestors(mail: Mail, own: OwnMarks): number {
  const ids = [...new Set([...mail.references, ...mail.inReplyTo])].filter((id) => own.messageIdIsOurs(id));
  const lastOfPerson = ids.findLastIndex((id) => !own.messageIdIsAutomatic(id));
  return ids.length - 1 - lastOfPerson;
}

function asReport(mail: Mail, own: OwnMarks): AutoMailVerdict | null {
  const type =
    mail.structure.mimeType === 'multipart/report' ? (mail.structure.params['report-type'] ?? '').toLowerCase() : '';
  const has = (kind: string) => mail.reports.some((report) => report.kind === kind);
  if (has('DELIVERY_STATUS') || type === 'delivery-status') return bounced(mail, own, 'a delivery report');
  if (has('DISPOSITION') || type === 'disposition-notification') return verdict('DISPOSITION', 'a read receipt');
  if (has('FEEDBACK') || type === 'feedback-report') return verdict('FEEDBACK', 'a feedback report about abuse');
  if (headerValue(mail, 'X-Failed-Recipients') !== null) return bounced(mail, own, 'a bounce (X-Failed-Recipients)');
  if (mail.returnPath !== '') return null;
  if (isDaemon(mail)) return bounced(mail, own, 'a bounce (null return path, from a mail server)');
  return subjectStartsWith(mail, bounceStarts)
    ? bounced(mail, own, 'a bounce (null return path, subject of a bounce)')
    : null;
}

function bounced(mail: Mail, own: OwnMarks, reason: string): AutoMailVerdict {
  const kind =
    mail.reports.length === 0 && /^(?:warning|delay|.{0,40}\bdelayed\b)/i.test(mail.subject ?? '')
      ? 'BOUNCE_DELAY'
      : bounceClassOf(mail);
  return { ...verdict(kind, reason), bounce: readBounce(mail, (id) => own.messageIdIsOurs(id)) };
}

function asChallenge(mail: Mail): AutoMailVerdict | null {
  const header = CHALLENGE_HEADERS.find((name) => headerValue(mail, name) !== null);
  if (header !== undefined) return verdict('CHALLENGE', `a question whether we are a person (${header})`);
  const domain = mail.from === null ? null : domainOf(mail.from.address);
  const service = CHALLENGE_DOMAINS.find((known) => domain === known || domain?.endsWith(`.${known}`));
  if (service !== undefined) return verdict('CHALLENGE', `a question whether we are a person (from ${service})`);
  const isTmda =
    /tmda/i.test(headerValue(mail, 'X-Delivery-Agent') ?? '') || headerValue(mail, 'X-TMDA-Fingerprint') !== null;
  return isTmda && /[-+]confirm[-+]/i.test(mail.replyTo[0]?.address ?? mail.from?.address ?? '')
    ? verdict('CHALLENGE', 'a question whether we are a person (TMDA)')
    : null;
}

function asMachine(mail: Mail, own: OwnMarks): AutoMailVerdict | null {
  const sign = machineSign(mail);
  if (sign === null) return null;
  const reason = `automatic mail (${sign.shown})`;
  if (sign.isListSign) return verdict(sign.class, reason);
  if (isDaemon(mail) && subjectStartsWith(mail, bounceStarts))
    return bounced(mail, own, `a bounce (from a mail server, ${sign.shown})`);
  if (hasAbsenceSubject(mail)) return verdict('OUT_OF_OFFICE', `absence note (${sign.shown})`);
  // Many programs call their answers "auto-generated"; a generated letter that answers one of ours is an answer.
  const answersUs = [...mail.inReplyTo, ...mail.references].some((id) => own.messageIdIsOurs(id));
  const kind =
    sign.class === 'BULK' && answersUs && headerValue(mail, 'Auto-Submitted') !== null ? 'AUTO_ACK' : sign.class;
  return verdict(kind, reason);
}

interface Sign {
  class: AutoMailClass;
  shown: string;
  isListSign: boolean;
}

function machineSign(mail: Mail): Sign | null {
  for (const rule of HEADER_RULES) {
    const value = headerValues(mail, rule.header).find((candidate) => holds(rule, candidate));
    if (value !== undefined)
      return { class: rule.class, shown: shownHeader(mail, rule, value), isListSign: rule.isListSign === true };
  }
  if (mail.returnPath === '') return { class: 'AUTO_ACK', shown: 'null return path', isListSign: false };
  if (isDaemon(mail) || isNoReply(mail))
    return { class: 'NO_REPLY', shown: 'sender is an address that nobody reads', isListSign: false };
  return null;
}

function holds(rule: HeaderRule, value: string): boolean {
  return rule.when ? rule.when(value) : !['no', 'false', '0', 'off'].includes(firstToken(value));
}

/** The header as the letter spells it; the value only when it is a short plain word. */
function shownHeader(mail: Mail, rule: HeaderRule, value: string): string {
  const name = mail.headers.find((header) => header.name.toLowerCase() === rule.header)?.name ?? rule.header;
  return /^[\w ,;.=()-]{1,40}$/.test(value) ? `${name}: ${value}` : name;
}

function localPart(mail: Mail): string {
  const address = mail.from?.address.toLowerCase() ?? '';
  return address.slice(0, Math.max(address.lastIndexOf('@'), 0));
}

function isDaemon(mail: Mail): boolean {
  const local = localPart(mail).split(/[+=]/)[0] ?? '';
  return DAEMON_LOCAL_PARTS.includes(local) || /^bounces?-/.test(local);
}

function isNoReply(mail: Mail): boolean {
  const joined = localPart(mail).slice(0, 320).replace(/[._-]/g, '');
  return NO_REPLY_WORDS.some((word) => joined.startsWith(word) || joined.split('+')[0]?.endsWith(word));
}

/** Without any other sign a subject counts only when the letter holds no word of a person. */
function asWordless(mail: Mail): AutoMailVerdict | null {
  return hasAbsenceSubject(mail) && !hasOwnWords(mail.text)
    ? verdict('OUT_OF_OFFICE', 'absence note (subject of an automatic reply, and no text)')
    : null;
}

const absenceStarts = [...ABSENCE_SUBJECTS, ...AUTO_REPLY_PREFIXES].map(foldText);
const bounceStarts = BOUNCE_SUBJECTS.map(foldText);

function hasAbsenceSubject(mail: Mail): boolean {
  return subjectStartsWith(mail, absenceStarts);
}

const LETTERS_WITHOUT_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]$/u;

/** Whether the subject starts with one of these folded phrases, as whole words, behind our tag or a list's. */
function subjectStartsWith(mail: Mail, starts: readonly string[]): boolean {
  const subject = foldText((mail.subject ?? '').slice(0, 1_000))
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^\[[^[\]]{1,40}\] ?/, '');
  return starts.some((start) => {
    if (!subject.startsWith(start)) return false;
    return LETTERS_WITHOUT_BLANKS.test(start) || !/^[\p{L}\p{N}]/u.test(subject.slice(start.length));
  });
}

/** Only a person gets a confirmation, the budget permitting. */
export function mayConfirm(kind: AutoMailClass): boolean {
  return kind === 'HUMAN';
}

const SILENT: readonly AutoMailClass[] = [
  'OUT_OF_OFFICE',
  'AUTO_ACK',
  'BOUNCE',
  'BOUNCE_DELAY',
  'DELIVERY_OK',
  'DISPOSITION',
];

/** Whether such a letter is put to the ticket that its ids name without reopening it and without restarting a timer. */
export function joinsSilently(kind: AutoMailClass): boolean {
  return SILENT.includes(kind);
}
