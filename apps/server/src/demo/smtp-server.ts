import { parseMail, sameAddress } from '@support-center/mail';
import { SMTPServer } from 'smtp-server';
import { listenOnLoopback, type RunningServer } from './loopback.ts';
import type { MailDrop } from './mail-drop.ts';

const MAX_BYTES = 30 * 1024 * 1024;
const KEPT = 200;

/** A mail that left the desk for somebody else. */
export interface SentMail {
  readonly to: string;
  readonly subject: string;
}

/** The mails that left, newest last; the newest 200 are kept. */
export type Outbox = SentMail[];

/**
 * Takes any mail on loopback. What goes to `supportEmail` lands in the maildrop; what goes to others reaches nobody:
 * it is kept in the outbox and told to `say`.
 */
export async function startSmtpServer(
  options: { supportEmail: string; drop: MailDrop; outbox: Outbox; say: (line: string) => void },
  port: number,
): Promise<RunningServer> {
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    logger: false,
    onData(stream, session, done) {
      const recipients = session.envelope.rcptTo.map(({ address }) => address);
      readAll(stream)
        .then((bytes) => deliver(options, recipients, bytes))
        .then(
          () => done(),
          (error: Error) => done(error),
        );
    },
  });
  server.on('error', () => undefined); // a connection that broke off
  const opened = await listenOnLoopback(server.server, port);
  return { port: opened, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}

async function readAll(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes <= MAX_BYTES) chunks.push(chunk);
  }
  if (bytes > MAX_BYTES) throw Object.assign(new Error('The message is too large'), { responseCode: 552 });
  return Buffer.concat(chunks);
}

async function deliver(
  {
    supportEmail,
    drop,
    outbox,
    say,
  }: { supportEmail: string; drop: MailDrop; outbox: Outbox; say: (line: string) => void },
  recipients: readonly string[],
  bytes: Buffer,
): Promise<void> {
  const others = recipients.filter((address) => !sameAddress(address, supportEmail));
  if (others.length < recipients.length) drop.add(bytes);
  if (others.length === 0) return;
  const sent = { to: others.join(', '), subject: (await parseMail(bytes)).subject ?? '(no subject)' };
  outbox.push(sent);
  if (outbox.length > KEPT) outbox.shift();
  say(`mail to ${sent.to}: ${sent.subject}`);
}
