import { NumberInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { SettingsForm } from './use-settings-form.ts';

/** How fast mail goes out, over how many connections, and how long a reply can be taken back. */
export function OutgoingFields({ form }: { form: SettingsForm }) {
  return (
    <>
      <NumberInput
        id="mailsPerMinute"
        classNames={{ wrapper: 'field-tiny' }}
        label="Mails per minute"
        description="The most that your mail server takes. Replies go before mass mail. Empty: no limit."
        placeholder="No limit"
        min={1}
        max={60_000}
        allowDecimal={false}
        clampBehavior="none"
        {...form.getInputProps('mailsPerMinute')}
      />
      <NumberInput
        id="smtpConnections"
        classNames={{ wrapper: 'field-tiny' }}
        label="Connections at one time"
        description="2 to 20. One is always kept free of mass mail."
        min={2}
        max={20}
        allowDecimal={false}
        clampBehavior="none"
        {...form.getInputProps('smtpConnections')}
      />
      <NumberInput
        id="undoSeconds"
        classNames={{ wrapper: 'field-tiny' }}
        label="Seconds to take a reply back"
        description="A reply waits so long on the server before it goes out, also when the browser is closed. 0: it goes at once."
        min={0}
        max={60}
        allowDecimal={false}
        clampBehavior="none"
        {...form.getInputProps('undoSeconds')}
      />
      <p className="second">
        What is on its way and what failed stands under <Link to="/sending">Sending</Link>.
      </p>
    </>
  );
}
