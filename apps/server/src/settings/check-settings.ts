import { isStrictAddress, normalizeAddress, parseEntryList } from '@support-center/mail';
import type { FieldError } from '../platform/errors.ts';
import type { Mailbox } from './mailbox.entity.ts';
import type { SendingSettingsRow } from './sending-settings.entity.ts';
import type { SupportSettingsInput } from './settings.inputs.ts';
import type { SupportSettingsRow } from './support-settings.entity.ts';

const HOST_LABEL = /^[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/i;
const MAX_SECRET = 1024;

/** What of the input is to be written, in its stored spelling, and what is wrong with it, a sentence per field. */
export interface CheckedSettings {
  readonly settings: Partial<SupportSettingsRow>;
  readonly mailbox: Partial<Mailbox>;
  readonly sending: Partial<SendingSettingsRow>;
  readonly errors: readonly FieldError[];
}

/** Checks a whole form. Pure; fields left out are left out of the result. */
export function checkSettings(input: SupportSettingsInput): CheckedSettings {
  const settings: Partial<SupportSettingsRow> = {};
  const mailbox: Partial<Mailbox> = {};
  const sending: Partial<SendingSettingsRow> = {};
  const errors: FieldError[] = [];
  const check = <T, V>(
    path: keyof SupportSettingsInput,
    value: T | undefined,
    read: (value: T) => V | FieldProblem,
    write: (value: V) => void,
  ) => {
    if (value === undefined) return;
    const result = read(value);
    if (result instanceof FieldProblem) errors.push({ path, message: result.message });
    else write(result);
  };

  check(
    'defaultEmailFrom',
    input.defaultEmailFrom,
    address('Enter one address, like news@example.com.'),
    (v) => (settings.defaultEmailFrom = v),
  );
  check(
    'supportEmail',
    input.supportEmail,
    address('Enter one address, like support@example.com.'),
    (v) => (mailbox.supportEmail = v),
  );
  check('pop3Host', input.pop3Host, host, (v) => (mailbox.pop3Host = v));
  check('smtpHost', input.smtpHost, host, (v) => (mailbox.smtpHost = v));
  check(
    'pop3Port',
    input.pop3Port,
    number(1, 65_535, 'Enter a port from 1 to 65535.', 995),
    (v) => (mailbox.pop3Port = v),
  );
  check(
    'smtpPort',
    input.smtpPort,
    number(1, 65_535, 'Enter a port from 1 to 65535.', 587),
    (v) => (mailbox.smtpPort = v),
  );
  check(
    'pop3Security',
    input.pop3Security,
    (v) => v ?? 'TLS',
    (v) => (mailbox.pop3Security = v),
  );
  check(
    'smtpSecurity',
    input.smtpSecurity,
    (v) => v ?? 'STARTTLS',
    (v) => (mailbox.smtpSecurity = v),
  );
  check('pop3User', input.pop3User, login, (v) => (mailbox.pop3User = v));
  check('smtpUser', input.smtpUser, login, (v) => (mailbox.smtpUser = v));
  check(
    'pollIntervalSeconds',
    input.pollIntervalSeconds,
    number(5, 86_400, 'Enter a number of seconds from 5 to 86400.', 60),
    (v) => (mailbox.pollIntervalSeconds = v),
  );
  check(
    'closeAnsweredAfterDays',
    input.closeAnsweredAfterDays,
    closeDays,
    (v) => (settings.closeAnsweredAfterDays = v),
  );
  check(
    'maxSuggestions',
    input.maxSuggestions,
    number(0, 20, 'Enter a number from 0 to 20.', 5),
    (v) => (settings.maxSuggestions = v),
  );
  check('suggestionFloor', input.suggestionFloor, share, (v) => (settings.suggestionFloor = v));
  check(
    'showAnswered',
    input.showAnswered,
    (v) => v ?? true,
    (v) => (settings.showAnswered = v),
  );
  check(
    'showOnHold',
    input.showOnHold,
    (v) => v ?? true,
    (v) => (settings.showOnHold = v),
  );
  check(
    'suppressConfirmations',
    input.suppressConfirmations,
    (v) => v ?? false,
    (v) => (settings.suppressConfirmations = v),
  );
  check(
    'ignoreSenderAddress',
    input.ignoreSenderAddress,
    (v) => v ?? false,
    (v) => (settings.ignoreSenderAddress = v),
  );
  check(
    'subjectMatchDays',
    input.subjectMatchDays,
    number(1, 3650, 'Enter a whole number of days from 1 to 3650.', 90),
    (v) => (settings.subjectMatchDays = v),
  );
  check('authservId', input.authservId, authserv, (v) => (settings.authservId = v));
  check(
    'signedReplyAddress',
    input.signedReplyAddress,
    (v) => v ?? false,
    (v) => (settings.signedReplyAddress = v),
  );
  check(
    'keepOpenedText',
    input.keepOpenedText,
    (v) => v ?? true,
    (v) => (settings.keepOpenedText = v),
  );
  check(
    'defaultKnowledgeBaseId',
    input.defaultKnowledgeBaseId,
    (v) => v || null,
    (v) => (settings.defaultKnowledgeBaseId = v),
  );
  check(
    'defaultSupportKnowledgeBaseId',
    input.defaultSupportKnowledgeBaseId,
    (v) => v || null,
    (v) => (settings.defaultSupportKnowledgeBaseId = v),
  );
  check(
    'smtpConnections',
    input.smtpConnections,
    number(2, 20, 'Enter a number from 2 to 20.', 4),
    (v) => (sending.smtpConnections = v),
  );
  check(
    'sendCloseNotice',
    input.sendCloseNotice,
    (v) => v ?? false,
    (v) => (sending.sendCloseNotice = v),
  );
  check('dkimDomain', input.dkimDomain, host, (v) => (sending.dkimDomain = v));
  check('dkimSelector', input.dkimSelector, selector, (v) => (sending.dkimSelector = v));
  check('mailsPerMinute', input.mailsPerMinute, mailsPerMinute, (v) => (sending.mailsPerMinute = v));
  check(
    'undoSeconds',
    input.undoSeconds,
    number(0, 60, 'Enter a number of seconds from 0 to 60.', 10),
    (v) => (sending.undoSeconds = v),
  );
  check('highlightEntries', input.highlightEntries, entryList, (v) => (settings.highlightEntries = v));
  check('spamEntries', input.spamEntries, entryList, (v) => (settings.spamEntries = v));
  check('pop3Password', input.pop3Password, secret, () => undefined);
  check('smtpPassword', input.smtpPassword, secret, () => undefined);
  check('pgpPassphrase', input.pgpPassphrase, secret, () => undefined);
  return { settings, mailbox, sending, errors };
}

class FieldProblem {
  readonly message: string;
  constructor(message: string) {
    this.message = message;
  }
}

function address(message: string) {
  return (value: string | null): string | null | FieldProblem => {
    if (value === null || value.trim() === '') return null;
    const normal = normalizeAddress(value);
    return normal !== null && isStrictAddress(normal) ? normal : new FieldProblem(message);
  };
}

function host(value: string | null): string | null | FieldProblem {
  const name = value?.trim().replace(/\.$/, '') ?? '';
  if (name === '') return null;
  const isName = name.length <= 253 && name.split('.').every((label) => HOST_LABEL.test(label));
  const isV6 = /^[0-9a-f:.]{2,45}$/i.test(name) && name.includes(':');
  return isName || isV6 ? name.toLowerCase() : new FieldProblem('Enter a host name without http:// or spaces.');
}

function authserv(value: string | null): string | null | FieldProblem {
  const name = value?.trim().toLowerCase() ?? '';
  if (name === '') return null;
  return name.length <= 255 && /^[a-z0-9._-]+$/.test(name)
    ? name
    : new FieldProblem('Enter the name as it stands in Authentication-Results, like mx.example.com.');
}

function selector(value: string | null): string | null | FieldProblem {
  const name = value?.trim().toLowerCase() ?? '';
  if (name === '') return null;
  return name.length <= 63 && name.split('.').every((label) => HOST_LABEL.test(label))
    ? name
    : new FieldProblem('Enter a selector such as desk1: letters, digits and hyphens.');
}

function login(value: string | null): string | null | FieldProblem {
  if (value === null || value.trim() === '') return null;
  return value.length <= 254 && !/[\u0000-\u001f\u007f]/.test(value)
    ? value.trim()
    : new FieldProblem('Enter the mailbox login, at most 254 characters.');
}

function secret(value: string | null): string | null | FieldProblem {
  return value === null || (value.length <= MAX_SECRET && !/[\r\n\u0000]/.test(value))
    ? value
    : new FieldProblem('A password has at most 1024 characters on one line.');
}

function number(min: number, max: number, message: string, fallback: number) {
  return (value: number | null): number | FieldProblem => {
    if (value === null) return fallback;
    return Number.isInteger(value) && value >= min && value <= max ? value : new FieldProblem(message);
  };
}

function share(value: number | null): number | null | FieldProblem {
  return value === null || (value >= 0 && value <= 1) ? value : new FieldProblem('Enter a number from 0 to 1.');
}

function mailsPerMinute(value: number | null): number | null | FieldProblem {
  if (value === null) return null;
  return Number.isInteger(value) && value >= 1 && value <= 60_000
    ? value
    : new FieldProblem('Enter a number from 1 to 60000, or leave it empty for no limit.');
}

function closeDays(value: number | null): number | null | FieldProblem {
  if (value === null || value === -1) return value;
  return Number.isInteger(value) && value >= 1 && value <= 3650
    ? value
    : new FieldProblem('Enter a whole number of days, 1 or more. Leave it empty to close at once; -1 means never.');
}

function entryList(value: readonly string[] | null): string[] | FieldProblem {
  const { entries, errors } = parseEntryList(value ?? []);
  return errors[0] ? new FieldProblem(errors[0].message) : entries.map((entry) => entry.entry);
}
