import { MailDrop } from '../demo/mail-drop.ts';
import { startPop3Server } from '../demo/pop3-server.ts';
import { DEMO, mailSettings } from '../demo/set-up.ts';
import { text, writeLetter } from '../demo/write-letter.ts';
import { collectMailbox, requestCollection } from '../intake/collect-mailbox.job.ts';
import { InboundMail } from '../intake/inbound-mail.entity.ts';
import { processMail } from '../intake/process-mail.job.ts';
import { type Context, type Services, systemContext } from '../platform/context.ts';
import { startJobRunner } from '../platform/jobs.ts';
import { saveSettings } from '../settings/save-settings.ts';
import { countTickets, listTickets } from '../tickets/list-tickets.ts';
import { fillUp } from './fill-up.ts';
import { openServices } from './open-services.ts';
import { timed } from './percentiles.ts';
import { type TemporaryDatabase, temporaryFile, temporaryOnServer } from './temporary-database.ts';

const LETTERS = 1000;
const TICKETS = 10_000;
const LONGEST_MS = 300_000;
const SECTIONS = ['MAIN', 'ANSWERED', 'ON_HOLD'] as const;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Measures one database from an empty mailbox to ten thousand tickets, and removes it. */
async function measure(name: string, place: TemporaryDatabase): Promise<void> {
  const drop = new MailDrop();
  const pop3 = await startPop3Server(drop, DEMO.mailbox, 0);
  const services = await openServices(place);
  const ctx = systemContext(services);
  try {
    for (let i = 0; i < LETTERS; i++) drop.add(letter(i));
    await saveSettings(ctx, {
      ...mailSettings({ pop3: pop3.port, smtp: 25 }),
      highlightEntries: ['northwind.example'],
    });
    const seconds = await collectAll(services);
    say(
      `${name}: ${LETTERS} letters from POP3 to committed tickets in ${seconds.toFixed(1)} s: ${Math.round(LETTERS / seconds)} letters/s`,
    );
    await fillUp(ctx, TICKETS);
    say(
      `${name}: listTickets(first: 50) at ${TICKETS} tickets: ${await timed(() => listTickets(ctx, {}, { first: 50 }))}`,
    );
    say(`${name}: counts of all sections at ${TICKETS} tickets: ${await timed(() => countSections(ctx))}`);
    say(`${name}: memory of the process (rss): ${Math.round(process.memoryUsage.rss() / 1024 / 1024)} MB`);
  } finally {
    await services.ranking.close();
    await services.workers.close();
    await services.smtp.close();
    await services.database.close();
    await pop3.stop();
    await place.remove();
  }
}

function letter(i: number): Buffer {
  const words = `This is letter ${i}. ${'Please look into the matter and tell us what you found. '.repeat(20)}\n`;
  return writeLetter(
    { from: `person${i}@example.com`, subject: `Matter ${i}`, id: `bench-${i}`, at: new Date(), part: text(words) },
    DEMO.supportEmail,
  );
}

/** Runs the real jobs until every letter is a ticket. Returns the seconds it took. */
async function collectAll(services: Services): Promise<number> {
  const ctx = systemContext(services);
  const startedAt = performance.now();
  await requestCollection(ctx);
  const runner = await startJobRunner(services, [collectMailbox, processMail]);
  try {
    while ((await ctx.db.countBy(InboundMail, { fate: 'TICKETED' })) < LETTERS) {
      if (performance.now() - startedAt > LONGEST_MS)
        throw new Error('The letters did not become tickets within five minutes');
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return (performance.now() - startedAt) / 1000;
  } finally {
    await runner.stop();
  }
}

async function countSections(ctx: Context): Promise<void> {
  for (const section of SECTIONS) {
    await countTickets(ctx, { section });
    await countTickets(ctx, { section, highlighted: true });
  }
}

await measure('SQLite', await temporaryFile());
const onServer = await temporaryOnServer(
  (process.env.TEST_DATABASE_URL ?? 'mariadb://root@127.0.0.1:3306').replace(/(?<=[^/])\/[^/@]*$/, ''),
);
if (onServer) await measure('MariaDB', onServer);
else say('MariaDB: no server answered, left out');
process.exit(0);
