import type { Security, SettingsFieldsFragment, SupportSettingsInput } from '../gql/graphql.ts';

/** When answered tickets close by themselves. */
export type CloseMode = 'immediately' | 'after' | 'never';

/** The form as a person fills it in. Empty text stands for "nothing"; an empty secret for "as it is". */
export interface SettingsValues {
  defaultEmailFrom: string;
  supportEmail: string;
  pop3Host: string;
  pop3Port: number | string;
  pop3Security: Security;
  pop3User: string;
  pop3Password: string;
  pollIntervalSeconds: number | string;
  smtpHost: string;
  smtpPort: number | string;
  smtpSecurity: Security;
  smtpUser: string;
  smtpPassword: string;
  /** Empty: no limit. */
  mailsPerMinute: number | string;
  smtpConnections: number | string;
  undoSeconds: number | string;
  sendCloseNotice: boolean;
  dkimDomain: string;
  dkimSelector: string;
  dkimPrivateKey: string;
  closeMode: CloseMode;
  closeDays: number | string;
  showAnswered: boolean;
  showOnHold: boolean;
  defaultKnowledgeBaseId: string | null;
  defaultSupportKnowledgeBaseId: string | null;
  maxSuggestions: number | string;
  /** In per cent; the API has it as a fraction. */
  suggestionFloor: number | string;
  suppressConfirmations: boolean;
  ignoreSenderAddress: boolean;
  subjectMatchDays: number | string;
  authservId: string;
  signedReplyAddress: boolean;
  highlightEntries: string[];
  spamEntries: string[];
  keepOpenedText: boolean;
  pgpPrivateKey: string;
  pgpPassphrase: string;
}

const FIRST_DAYS = 7;
const NEVER = -1;

/** The stored settings as the form shows them. */
export function toValues(stored: SettingsFieldsFragment): SettingsValues {
  const days = stored.closeAnsweredAfterDays;
  return {
    defaultEmailFrom: stored.defaultEmailFrom ?? '',
    supportEmail: stored.supportEmail ?? '',
    pop3Host: stored.pop3Host ?? '',
    pop3Port: stored.pop3Port,
    pop3Security: stored.pop3Security,
    pop3User: stored.pop3User ?? '',
    pop3Password: '',
    pollIntervalSeconds: stored.pollIntervalSeconds,
    smtpHost: stored.smtpHost ?? '',
    smtpPort: stored.smtpPort,
    smtpSecurity: stored.smtpSecurity,
    smtpUser: stored.smtpUser ?? '',
    smtpPassword: '',
    mailsPerMinute: stored.mailsPerMinute ?? '',
    smtpConnections: stored.smtpConnections,
    undoSeconds: stored.undoSeconds,
    sendCloseNotice: stored.sendCloseNotice,
    dkimDomain: stored.dkimDomain ?? '',
    dkimSelector: stored.dkimSelector ?? '',
    dkimPrivateKey: '',
    closeMode: days === null ? 'immediately' : days === NEVER ? 'never' : 'after',
    closeDays: days === null || days === NEVER ? FIRST_DAYS : days,
    showAnswered: stored.showAnswered,
    showOnHold: stored.showOnHold,
    defaultKnowledgeBaseId: stored.defaultKnowledgeBaseId,
    defaultSupportKnowledgeBaseId: stored.defaultSupportKnowledgeBaseId,
    maxSuggestions: stored.maxSuggestions,
    suggestionFloor: Math.round(stored.suggestionFloor * 100),
    suppressConfirmations: stored.suppressConfirmations,
    ignoreSenderAddress: stored.ignoreSenderAddress,
    subjectMatchDays: stored.subjectMatchDays,
    authservId: stored.authservId ?? '',
    signedReplyAddress: stored.signedReplyAddress,
    highlightEntries: [...stored.highlightEntries],
    spamEntries: [...stored.spamEntries],
    keepOpenedText: stored.keepOpenedText,
    pgpPrivateKey: '',
    pgpPassphrase: '',
  };
}

/** What is stored for the three ways of closing: null at once, -1 never, else the days. */
export function storedDays({ closeMode, closeDays }: Pick<SettingsValues, 'closeMode' | 'closeDays'>): number | null {
  if (closeMode === 'immediately') return null;
  return closeMode === 'never' ? NEVER : Number(closeDays);
}

const textFields = [
  'defaultEmailFrom',
  'supportEmail',
  'pop3Host',
  'pop3User',
  'smtpHost',
  'smtpUser',
  'dkimDomain',
  'dkimSelector',
  'authservId',
] as const;
const numberFields = [
  'pop3Port',
  'pollIntervalSeconds',
  'smtpPort',
  'smtpConnections',
  'undoSeconds',
  'maxSuggestions',
  'subjectMatchDays',
] as const;
const plainFields = [
  'pop3Security',
  'smtpSecurity',
  'sendCloseNotice',
  'showAnswered',
  'showOnHold',
  'defaultKnowledgeBaseId',
  'defaultSupportKnowledgeBaseId',
  'suppressConfirmations',
  'ignoreSenderAddress',
  'signedReplyAddress',
  'highlightEntries',
  'spamEntries',
  'keepOpenedText',
] as const;
const secretFields = ['pop3Password', 'smtpPassword', 'pgpPassphrase'] as const;

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Only what differs from the stored settings, so that a field nobody touched is never overwritten. */
export function toInput(values: SettingsValues, before: SettingsValues): SupportSettingsInput {
  const input: Record<string, unknown> = {};
  for (const field of textFields)
    if (values[field].trim() !== before[field]) input[field] = values[field].trim() || null;
  for (const field of numberFields)
    if (Number(values[field]) !== Number(before[field])) input[field] = Number(values[field]);
  for (const field of plainFields) if (!isSame(values[field], before[field])) input[field] = values[field];
  for (const field of secretFields) if (values[field] !== '') input[field] = values[field];
  if (Number(values.suggestionFloor) !== Number(before.suggestionFloor))
    input.suggestionFloor = Number(values.suggestionFloor) / 100;
  if (storedDays(values) !== storedDays(before)) input.closeAnsweredAfterDays = storedDays(values);
  if (String(values.mailsPerMinute).trim() !== String(before.mailsPerMinute))
    input.mailsPerMinute = String(values.mailsPerMinute).trim() === '' ? null : Number(values.mailsPerMinute);
  if (values.dkimPrivateKey.trim()) input.dkimPrivateKey = values.dkimPrivateKey.trim();
  if (values.pgpPrivateKey.trim()) input.pgpPrivateKey = values.pgpPrivateKey.trim();
  return input;
}

/** The connection as it stands in the form, for a test before saving. */
export function toMailboxInput(values: SettingsValues): SupportSettingsInput {
  const { pop3Security, pop3Password } = values;
  return {
    supportEmail: values.supportEmail.trim() || null,
    pop3Host: values.pop3Host.trim() || null,
    pop3Port: Number(values.pop3Port),
    pop3Security,
    pop3User: values.pop3User.trim() || null,
    ...(pop3Password ? { pop3Password } : {}),
  };
}

/** The way out as it stands in the form, for a test mail before saving. */
export function toSendingInput(values: SettingsValues): SupportSettingsInput {
  const { smtpSecurity, smtpPassword } = values;
  return {
    supportEmail: values.supportEmail.trim() || null,
    smtpHost: values.smtpHost.trim() || null,
    smtpPort: Number(values.smtpPort),
    smtpSecurity,
    smtpUser: values.smtpUser.trim() || null,
    ...(smtpPassword ? { smtpPassword } : {}),
  };
}

const triedFields = [
  'supportEmail',
  'closeAnsweredAfterDays',
  'suppressConfirmations',
  'ignoreSenderAddress',
  'subjectMatchDays',
  'authservId',
  'highlightEntries',
  'spamEntries',
] as const;

/** Of what is to be saved, that which decides what becomes of a letter; no password or key. */
export function tryInput(input: SupportSettingsInput): SupportSettingsInput {
  return Object.fromEntries(triedFields.filter((field) => field in input).map((field) => [field, input[field]]));
}

/** How many fields differ from what is stored. */
export const countChanges = (values: SettingsValues, before: SettingsValues): number =>
  Object.keys(toInput(values, before)).length;

/** The field of the form for a field of the API. */
export const formFieldFor = (path: string): string =>
  path === 'closeAnsweredAfterDays' ? 'closeDays' : (path.split('.')[0] ?? path);
