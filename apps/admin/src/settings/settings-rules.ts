import type { SettingsValues } from './settings-form.ts';
import { isDomain } from './tag-lists.ts';

type Rule = (value: never, values: SettingsValues) => string | null;

const isAddress = (text: string) => /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(text.trim());
const isWhole = (value: number | string, least: number, most: number) => {
  const number = typeof value === 'string' && value.trim() === '' ? Number.NaN : Number(value);
  return Number.isInteger(number) && number >= least && number <= most;
};
const optionalAddress = (text: string) =>
  text.trim() === '' || isAddress(text) ? null : 'Enter one address, like news@example.com.';
const hostName = (text: string) =>
  text.trim() === '' || /^[\p{L}\p{N}._:[\]-]+$/u.test(text.trim())
    ? null
    : 'Enter a host name without http:// or spaces.';
const port = (value: number | string) => (isWhole(value, 1, 65_535) ? null : 'Enter a port from 1 to 65535.');

/** Words under a field that is not right yet; null when it is. The server checks the same once more. */
export const settingsRules = {
  defaultEmailFrom: optionalAddress,
  supportEmail: (text: string) =>
    text.trim() === ''
      ? 'Without a Support Email no mail is collected.'
      : isAddress(text)
        ? null
        : 'Enter one address, like support@example.com.',
  pop3Host: hostName,
  pop3Port: port,
  pollIntervalSeconds: (value: number | string) =>
    isWhole(value, 5, 86_400) ? null : 'Enter a number of seconds from 5 to 86400.',
  smtpHost: hostName,
  smtpPort: port,
  mailsPerMinute: (value: number | string) =>
    String(value).trim() === '' || isWhole(value, 1, 60_000)
      ? null
      : 'Enter a number from 1 to 60000, or leave it empty for no limit.',
  smtpConnections: (value: number | string) => (isWhole(value, 2, 20) ? null : 'Enter a number from 2 to 20.'),
  undoSeconds: (value: number | string) => (isWhole(value, 0, 60) ? null : 'Enter a number of seconds from 0 to 60.'),
  dkimDomain: (text: string) =>
    text.trim() === '' || isDomain(text.trim()) ? null : 'Enter a domain, like example.com.',
  dkimSelector: (text: string) =>
    text.trim() === '' || /^[a-z0-9_]([a-z0-9_.-]{0,61}[a-z0-9_])?$/i.test(text.trim())
      ? null
      : 'Enter a selector such as desk1: letters, digits and hyphens.',
  dkimPrivateKey: (text: string) => {
    if (text.trim() === '') return null;
    if (/BEGIN PUBLIC KEY/.test(text)) return 'This is the public key. Paste the private key.';
    return /BEGIN (RSA )?PRIVATE KEY-----/.test(text)
      ? null
      : 'This is no private key in PEM form. It begins with “-----BEGIN PRIVATE KEY-----”.';
  },
  closeDays: (value: number | string, values: SettingsValues) =>
    values.closeMode !== 'after' || isWhole(value, 1, 3650) ? null : 'Enter a whole number of days, 1 or more.',
  suggestionFloor: (value: number | string) => (isWhole(value, 0, 100) ? null : 'Enter a number from 0 to 100.'),
  maxSuggestions: (value: number | string) => (isWhole(value, 0, 20) ? null : 'Enter a number from 0 to 20.'),
  subjectMatchDays: (value: number | string) =>
    isWhole(value, 1, 3650) ? null : 'Enter a whole number of days from 1 to 3650.',
  authservId: (text: string) =>
    /^[A-Za-z0-9._-]*$/.test(text.trim())
      ? null
      : 'Enter the name as it stands in Authentication-Results, like mx.example.com.',
  highlightEntries: (entries: string[], values: SettingsValues) => {
    const bad = entries.find((entry) => !isDomain(entry));
    if (bad) return `“${bad}” is not a domain. Example: acme.com`;
    const twice = entries.find((entry) => values.spamEntries.includes(entry));
    return twice ? `${twice} is also under Spam E-mails. Keep it in one list.` : null;
  },
  spamEntries: (entries: string[], values: SettingsValues) => {
    const bad = entries.find((entry) => !isDomain(entry) && !isAddress(entry));
    if (bad) return `“${bad}” is neither a domain nor an address. Example: acme.com`;
    const own = values.supportEmail.split('@')[1]?.toLowerCase();
    return own && entries.includes(own) ? 'This would block your own team.' : null;
  },
  pgpPrivateKey: (text: string) => {
    if (text.trim() === '') return null;
    if (/BEGIN PGP PUBLIC KEY/.test(text)) return 'This is the public key. Paste the private key.';
    return /BEGIN PGP PRIVATE KEY BLOCK/.test(text)
      ? null
      : 'This is not a private key. It begins with “-----BEGIN PGP PRIVATE KEY BLOCK-----”.';
  },
} satisfies Record<string, Rule>;
