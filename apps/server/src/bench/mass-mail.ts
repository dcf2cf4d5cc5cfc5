import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEMO, mailSettings } from '../demo/set-up.ts';
import { systemContext } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { createTicket } from '../tickets/open-ticket.ts';
import { fillUp } from './fill-up.ts';
import type { SinkFigures } from './mail-sink.ts';
import { openServices } from './open-services.ts';
import { percentiles } from './percentiles.ts';
import { closedPort, startProductProcess } from './product-process.ts';
import { type TemporaryDatabase, temporaryFile, temporaryOnServer } from './temporary-database.ts';

const MAILS = Number(process.env.BENCH_MAILS ?? 10_000);
const TICKETS = 10_000;
const LIST_EVERY_MS = 200;
/** The first lists are slow because nothing is compiled yet. */
const WARM_UP = 20;
const LONGEST_MS = 600_000;
const LIST = '{ tickets(first: 50) { nodes { id number subject status requester { email name } } totalCount } }';

const say = (line: string) => process.stdout.write(`${line}\n`);
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Sends ten thousand mass mails from a product of its own to a sink of its own, and asks for the ticket list meanwhile. */
async function measure(name: string, place: TemporaryDatabase): Promise<void> {
  const sink = await startSink();
  await makeTickets(place);
  const product = await startProductProcess(place);
  try {
    const ask = await signedIn(product.url, place.folder);
    await ask('mutation ($input: SupportSettingsInput!) { saveSupportSettings(input: $input) { supportEmail } }', {
      input: mailSettings({ pop3: await closedPort(), smtp: sink.port }),
    });
    await listTimes(ask, WARM_UP);
    const before = await listTimes(ask, 20);
    const { saveCampaign } = await ask('mutation ($input: SaveCampaignInput!) { saveCampaign(input: $input) { id } }', {
      input: { subject: 'News', html: `<p>Hello {{name|you}},</p>${'<p>Something new is here.</p>'.repeat(20)}` },
    });
    const campaignId = saveCampaign.id;
    const addresses = Array.from({ length: MAILS }, (_, i) => `person${i}@acme.example`).join('\n');
    await ask('mutation ($input: CampaignRecipientsInput!) { setCampaignRecipients(input: $input) { id } }', {
      input: { campaignId, kind: 'LIST', addresses },
    });
    const memory = [product.rssMb()];
    await product.loopDelayMs();
    const cpuBefore = product.cpuMs();
    const startedAt = performance.now();
    await ask('mutation ($input: StartCampaignInput!) { startCampaign(input: $input) { state } }', {
      input: { campaignId, confirmCount: MAILS },
    });
    const during: number[] = [];
    for (let taken = 0; taken < MAILS; { taken } = await sink.figures()) {
      if (performance.now() - startedAt > LONGEST_MS) throw new Error(`Only ${taken} mails left within ten minutes`);
      during.push(...(await listTimes(ask, 1)));
      memory.push(product.rssMb());
      await wait(LIST_EVERY_MS);
    }
    const seconds = (performance.now() - startedAt) / 1000;
    const cpu = (product.cpuMs() - cpuBefore) / MAILS;
    const delay = await product.loopDelayMs();
    const { doubled } = await sink.figures();
    const third = Math.ceil(memory.length / 3);
    const peak = (from: number, to?: number) => Math.max(...memory.slice(from, to));
    say(
      `${name}: ${MAILS} mass mails to a local sink in ${seconds.toFixed(1)} s: ${Math.round(MAILS / seconds)} mails/s, ${doubled} doubled`,
    );
    say(
      `${name}: processor time of the product ${cpu.toFixed(2)} ms a mail, the list among it; its event loop was late by p99 ${delay.p99} ms, at most ${delay.max} ms`,
    );
    say(
      `${name}: tickets(first: 50) at ${TICKETS} tickets: before ${percentiles(before)}; while sending ${percentiles(during)} (${during.length} times)`,
    );
    say(
      `${name}: memory of the product (rss): ${memory[0]} MB at the start; peak of each third ${peak(0, third)}, ${peak(third, 2 * third)}, ${peak(2 * third)} MB`,
    );
  } finally {
    await product.stop();
    sink.stop();
    await place.remove();
  }
}

interface Sink {
  readonly port: number;
  figures(): Promise<SinkFigures>;
  stop(): void;
}

async function startSink(): Promise<Sink> {
  const child = fork(fileURLToPath(new URL('./mail-sink.js', import.meta.url)), { execArgv: [] });
  const next = () =>
    new Promise<SinkFigures>((resolve) => child.once('message', resolve as (figures: unknown) => void));
  const { port } = await next();
  return {
    port,
    async figures() {
      const answer = next();
      child.send('figures');
      return answer;
    },
    stop: () => child.disconnect(),
  };
}

async function makeTickets(place: TemporaryDatabase): Promise<void> {
  const services = await openServices(place);
  const ctx = systemContext(services);
  await transact(ctx, (ctx) =>
    createTicket(ctx, {
      mailboxId: MAIN_MAILBOX,
      requester: { email: 'first@example.com', name: 'First' },
      subject: 'A matter',
      at: ctx.clock.now(),
    }),
  );
  await fillUp(ctx, TICKETS);
  await services.ranking.close();
  await services.workers.close();
  await services.smtp.close();
  await services.database.close();
}

// biome-ignore lint/suspicious/noExplicitAny: each question knows the shape that it asks for
type Ask = (query: string, variables?: object) => Promise<any>;

async function signedIn(url: string, folder: string): Promise<Ask> {
  let cookie = '';
  const ask: Ask = async (query, variables = {}) => {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'apollo-require-preflight': 'true',
        ...(cookie ? { cookie } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    const { data, errors } = (await answer.json()) as { data: unknown; errors?: { message: string }[] };
    if (errors) throw new Error(errors[0]!.message);
    return data;
  };
  const setupToken = readFileSync(join(folder, 'setup-token'), 'utf8').trim();
  await ask('mutation ($input: CompleteSetupInput!) { completeSetup(input: $input) { id } }', {
    input: { ...DEMO.administrator, setupToken },
  });
  return ask;
}

async function listTimes(ask: Ask, runs: number): Promise<number[]> {
  const ms: number[] = [];
  for (let i = 0; i < runs; i++) {
    const startedAt = performance.now();
    await ask(LIST);
    ms.push(performance.now() - startedAt);
  }
  return ms;
}

const only = process.env.BENCH_DATABASE;
if (only !== 'mariadb') await measure('SQLite', await temporaryFile());
const server = (process.env.TEST_DATABASE_URL ?? 'mariadb://root@127.0.0.1:3306').replace(/(?<=[^/])\/[^/@]*$/, '');
const onServer = only === 'sqlite' ? null : await temporaryOnServer(server);
if (onServer) await measure('MariaDB', onServer);
else if (only !== 'sqlite') say('MariaDB: no server answered, left out');
process.exit(0);
