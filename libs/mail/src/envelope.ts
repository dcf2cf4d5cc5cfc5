import { readAddresses } from './address-header.ts';
import { readMailDate } from './date-header.ts';
import type { FaultList } from './faults.ts';
import { decodeBareBytes, decodeHeaderText, type HeaderDecoding } from './header-text.ts';
import type { MailLimits } from './limits.ts';
import type { Mail, MailAddress } from './mail.ts';
import { parseMessageIds } from './message-ids.ts';
import { cutText } from './plain-text.ts';
import { allRaw, firstRaw, type RawHeader } from './raw-headers.ts';

const MAX_HEADER_TEXT = 20_000;
const DELIVERED_TO = ['delivered-to', 'x-original-to', 'envelope-to', 'x-envelope-to', 'x-delivered-to'];
const SENDER_HEADERS = ['From', 'Sender', 'Reply-To', 'Return-Path'] as const;

/** What the headers of a letter say. */
export type Envelope = Pick<
  Mail,
  | 'headers'
  | 'from'
  | 'fromSource'
  | 'severalFrom'
  | 'replyTo'
  | 'to'
  | 'cc'
  | 'deliveredTo'
  | 'subject'
  | 'messageId'
  | 'inReplyTo'
  | 'references'
  | 'date'
  | 'returnPath'
>;

/** Reads the headers of a letter. `bodyCharset` helps with bytes that name no charset of their own. */
export function readEnvelope(
  raw: readonly RawHeader[],
  bodyCharset: string | null,
  limits: MailLimits,
  faults: FaultList,
): Envelope {
  const decoding: HeaderDecoding = { bodyCharset, guessed: false };
  let addressesLeft = limits.addresses;
  const addresses = (name: string, fromComments = false): MailAddress[] => {
    const all: MailAddress[] = [];
    for (const value of allRaw(raw, name)) {
      const list = readAddresses(decodeBareBytes(value, decoding), decoding, { limit: addressesLeft, fromComments });
      addressesLeft -= list.addresses.length;
      if (list.cut) faults.add('TOO_MANY_ADDRESSES');
      if (list.recovered) faults.add('RECOVERED_ADDRESS');
      all.push(...list.addresses);
    }
    return all;
  };
  const text = (name: string) => {
    const value = firstRaw(raw, name);
    return value === null ? null : cutText(decodeHeaderText(value, decoding), MAX_HEADER_TEXT);
  };

  const froms = addresses('from');
  const replyTo = addresses('reply-to');
  const returnPath = readReturnPath(raw, addresses);
  const sender = pickSender({
    From: froms,
    Sender: addresses('sender'),
    'Reply-To': replyTo,
    'Return-Path': returnPath.addresses,
  });
  const severalFrom = froms.length > 1 || allRaw(raw, 'from').length > 1;
  if (sender === null) faults.add('NO_SENDER');
  else if (sender.source !== 'From') faults.add('SENDER_NOT_FROM');
  if (severalFrom) faults.add('SEVERAL_FROM');
  const envelope: Envelope = {
    headers: raw.map(({ name, value }) => ({
      name,
      value: cutText(decodeHeaderText(value, decoding), MAX_HEADER_TEXT),
    })),
    from: sender?.address ?? null,
    fromSource: sender?.source ?? null,
    severalFrom,
    replyTo,
    to: addresses('to', true),
    cc: addresses('cc'),
    deliveredTo: [...new Set(DELIVERED_TO.flatMap((name) => addresses(name)).map(({ address }) => address))],
    subject: text('subject'),
    messageId: parseMessageIds(firstRaw(raw, 'message-id') ?? '')[0] ?? null,
    inReplyTo: parseMessageIds(allRaw(raw, 'in-reply-to').join(' ')),
    references: parseMessageIds(allRaw(raw, 'references').join(' ')),
    date: readDate(text('date'), faults),
    returnPath: returnPath.value,
  };
  if (decoding.guessed) faults.add('HEADER_CHARSET_GUESSED');
  return envelope;
}

function pickSender(found: Record<(typeof SENDER_HEADERS)[number], MailAddress[]>) {
  for (const source of SENDER_HEADERS) {
    const [address] = found[source];
    if (address) return { source, address };
  }
  return null;
}

function readReturnPath(raw: readonly RawHeader[], addresses: (name: string) => MailAddress[]) {
  const value = firstRaw(raw, 'return-path');
  if (value === null) return { value: null, addresses: [] };
  if (/^\s*<\s*>\s*$/.test(value)) return { value: '', addresses: [] };
  const list = addresses('return-path');
  return { value: list[0]?.address ?? null, addresses: list };
}

function readDate(value: string | null, faults: FaultList): Date | null {
  const date = value === null ? null : readMailDate(value);
  if (date === null) faults.add('DATE_MISSING');
  if (date === 'absurd') faults.add('DATE_ABSURD');
  return date === 'absurd' ? null : date;
}
