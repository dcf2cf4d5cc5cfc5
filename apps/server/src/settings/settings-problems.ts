import type { SupportSettings } from './read-settings.ts';

/** Something that keeps mail from being collected or sent; `field` is the input field that mends it. */
export interface SettingsProblemFact {
  readonly field: string | null;
  readonly message: string;
}

type Known = Pick<
  SupportSettings,
  'supportEmail' | 'pop3Host' | 'pop3User' | 'pop3PasswordIsSet' | 'smtpHost' | 'smtpUser' | 'smtpPasswordIsSet'
>;

/** Which required parameter of collecting is missing, the most telling first. Any of them: no mail is collected. */
export function collectionProblems(settings: Known): SettingsProblemFact[] {
  const missing = (field: string, isMissing: boolean, message: string) => (isMissing ? [{ field, message }] : []);
  return [
    ...missing('supportEmail', !settings.supportEmail, 'Without a Support Email no mail is collected.'),
    ...missing('pop3Host', !settings.pop3Host, 'Without a POP3 Host no mail is collected.'),
    ...missing('pop3User', !settings.pop3User, 'Without a POP3 User no mail is collected.'),
    ...missing('pop3Password', !settings.pop3PasswordIsSet, 'Without a POP3 Password no mail is collected.'),
  ];
}

/** What keeps mail from being sent. */
export function sendingProblems(settings: Known): SettingsProblemFact[] {
  return [
    ...(settings.supportEmail
      ? []
      : [{ field: 'supportEmail', message: 'Without a Support Email nothing can be sent.' }]),
    ...(settings.smtpHost
      ? []
      : [
          {
            field: 'smtpHost',
            message: 'Sending is not set up: replies wait until a mail server for sending is given.',
          },
        ]),
    ...(settings.smtpUser && !settings.smtpPasswordIsSet
      ? [{ field: 'smtpPassword', message: 'A user for sending is given without a password.' }]
      : []),
  ];
}
