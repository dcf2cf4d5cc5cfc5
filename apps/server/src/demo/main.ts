import { startApp } from '../app.ts';
import { loadConfig } from '../platform/config.ts';
import { startLetterForm } from './letter-form.ts';
import { sampleLetters } from './letters.ts';
import { MailDrop } from './mail-drop.ts';
import { startPop3Server } from './pop3-server.ts';
import { DEMO, setUp } from './set-up.ts';
import { type Outbox, startSmtpServer } from './smtp-server.ts';

const PORTS = { pop3: 4110, smtp: 4587, form: 4025 };
const STOP_MS = 15_000;

/** Starts mail servers, product and letter form, in this order; the result stops them in the opposite one. */
async function startDemo(say: (line: string) => void): Promise<() => Promise<void>> {
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    const drop = new MailDrop();
    const outbox: Outbox = [];
    const { supportEmail, administrator } = DEMO;
    const pop3 = await startPop3Server(drop, DEMO.mailbox, PORTS.pop3);
    stops.push(pop3.stop);
    const smtp = await startSmtpServer({ supportEmail, drop, outbox, say }, PORTS.smtp);
    stops.push(smtp.stop);
    const form = await startLetterForm({ drop, outbox, supportEmail }, PORTS.form);
    stops.push(form.stop);
    const app = await startApp(loadConfig({ LOG_LEVEL: 'warn', DATA_DIR: './data/demo', ...process.env }));
    stops.push(app.stop);
    if (await setUp(app, { pop3: pop3.port, smtp: smtp.port }))
      for (const letter of sampleLetters(new Date(), supportEmail)) drop.add(letter);
    say(`\nSupport Center, the demo: ${app.url}`);
    say(`Sign in as ${administrator.email} with the password "${administrator.password}".`);
    say(`Send a letter: http://127.0.0.1:${form.port}/, or by SMTP to ${supportEmail} at 127.0.0.1:${smtp.port}.`);
    say('No mail leaves this machine; what the desk sends is listed here. Ctrl+C ends it.\n');
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

const say = (line: string) => process.stdout.write(`${line}\n`);

try {
  const stop = await startDemo(say);
  let stopping = false;
  const end = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`Stopping failed: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
} catch (error) {
  process.stderr.write(`The demo could not start.\n${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
