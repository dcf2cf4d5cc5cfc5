import { NumberInput, PasswordInput, Select, TextInput } from '@mantine/core';
import type { Security } from '../gql/graphql.ts';
import type { SettingsForm } from './use-settings-form.ts';

const PORTS = { pop3: { TLS: 995, STARTTLS: 110, NONE: 110 }, smtp: { TLS: 465, STARTTLS: 587, NONE: 25 } } as const;
const showHide = { 'aria-label': 'Show or hide the password' };

const securities = (kind: keyof typeof PORTS) => [
  { value: 'TLS', label: `TLS (${PORTS[kind].TLS})` },
  { value: 'STARTTLS', label: `STARTTLS (${PORTS[kind].STARTTLS})` },
  { value: 'NONE', label: `None (${PORTS[kind].NONE})` },
];

const isSecurity = (value: unknown): value is Security => value === 'TLS' || value === 'STARTTLS' || value === 'NONE';

interface FieldsProps {
  form: SettingsForm;
  hasPassword: boolean;
}

interface SecurityProps {
  form: SettingsForm;
  kind: keyof typeof PORTS;
}

/** How the line is secured; the usual port comes along. */
function SecurityField({ form, kind }: SecurityProps) {
  const input = form.getInputProps(`${kind}Security`);
  return (
    <Select
      {...input}
      id={`${kind}Security`}
      className="field-short"
      label="Security"
      data={securities(kind)}
      allowDeselect={false}
      onChange={(value: unknown) => {
        if (!isSecurity(value)) return;
        form.setFieldValue(`${kind}Security`, value);
        form.setFieldValue(`${kind}Port`, PORTS[kind][value]);
      }}
    />
  );
}

/** The mailbox that mail is collected from. */
export function MailboxFields({ form, hasPassword }: FieldsProps) {
  const { supportEmail, pop3User, pop3Security } = form.getValues();
  const differs =
    pop3User.trim() !== '' &&
    pop3User.includes('@') &&
    pop3User.trim().toLowerCase() !== supportEmail.trim().toLowerCase();
  return (
    <>
      <div className="form-row">
        <TextInput
          id="pop3Host"
          className="field-wide"
          label="POP3 Host"
          description="Name of your mail server."
          {...form.getInputProps('pop3Host')}
        />
        <SecurityField form={form} kind="pop3" />
        <NumberInput
          id="pop3Port"
          className="field-tiny"
          label="Port"
          hideControls
          min={1}
          max={65_535}
          {...form.getInputProps('pop3Port')}
        />
      </div>
      {pop3Security === 'NONE' && (
        <p className="field-note">Without TLS the password and all mail travel readable for everybody on the way.</p>
      )}
      <TextInput
        id="pop3User"
        label="POP3 User"
        description="If it differs from the Support Email, forward all mail from there to this mailbox."
        autoComplete="off"
        {...form.getInputProps('pop3User')}
      />
      {differs && supportEmail && (
        <p className="field-note">
          Forward all mail for {supportEmail} to {pop3User}, or nothing will be collected.
        </p>
      )}
      <PasswordInput
        id="pop3Password"
        label="POP3 Password"
        description="Kept encrypted; never shown again."
        placeholder={hasPassword ? 'Stored. Type to replace it' : ''}
        autoComplete="new-password"
        visibilityToggleButtonProps={showHide}
        {...form.getInputProps('pop3Password')}
      />
      <NumberInput
        id="pollIntervalSeconds"
        className="field-middle"
        label="Check for mail every … seconds"
        min={5}
        max={86_400}
        allowDecimal={false}
        {...form.getInputProps('pollIntervalSeconds')}
      />
    </>
  );
}

/** The server that takes our mail. */
export function SendingFields({ form, hasPassword }: FieldsProps) {
  return (
    <>
      <div className="form-row">
        <TextInput
          id="smtpHost"
          className="field-wide"
          label="SMTP Host"
          description="Replies and confirmations leave through this server."
          {...form.getInputProps('smtpHost')}
        />
        <SecurityField form={form} kind="smtp" />
        <NumberInput
          id="smtpPort"
          className="field-tiny"
          label="Port"
          hideControls
          min={1}
          max={65_535}
          {...form.getInputProps('smtpPort')}
        />
      </div>
      <TextInput
        id="smtpUser"
        label="SMTP User"
        description="Leave it empty when the server asks for no sign-in."
        autoComplete="off"
        {...form.getInputProps('smtpUser')}
      />
      <PasswordInput
        id="smtpPassword"
        label="SMTP Password"
        description="Kept encrypted; never shown again."
        placeholder={hasPassword ? 'Stored. Type to replace it' : ''}
        autoComplete="new-password"
        visibilityToggleButtonProps={showHide}
        {...form.getInputProps('smtpPassword')}
      />
    </>
  );
}
