import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { type Desk, startDesk } from './support/desk.ts';
import { type Death, planKills, seeded, spreadOf } from './support/kill-plan.ts';

/** How hard it is tried: `npm run proof:mass-mail` sets 10,000 mails and 200 kills. */
const MAILS = Number(process.env.PROOF_MAILS ?? 400);
const KILLS = Number(process.env.PROOF_KILLS ?? 8);
/** How long the mail server thinks before it takes a mail: what is killed meanwhile, nobody can know. */
const SERVER_MS = Number(process.env.PROOF_SERVER_MS ?? 25);
/** What decides when the kills fall; a run is tried again with its own. */
const SEED = Number(process.env.PROOF_SEED ?? Date.now() % 1_000_000);
/** A kill falls anywhere in making, claiming, connecting, handing over and settling: all of it happens in so long. */
const ROUND_MS = 150;
const LONGEST_MS = 120_000 + KILLS * 30_000 + MAILS * 30;
const PAGE = 100;

let desk: Desk;
beforeAll(async () => {
  desk = await startDesk({ setUp: true, spares: 2 });
});
afterAll(() => desk.stop());

interface Addressee {
  readonly address: string;
  readonly state: string;
}

test(
  `a mailing to ${MAILS} survives ${KILLS} kills: nobody gets two, nobody is forgotten`,
  async () => {
    desk.sink.delayMs = SERVER_MS;
    const addresses = Array.from({ length: MAILS }, (_, i) => `person${i}@acme.example`);
    const { saveCampaign: draft } = await desk.api.ask(
      'mutation ($input: SaveCampaignInput!) { saveCampaign(input: $input) { id } }',
      { input: { subject: 'Hello {{email}}', text: 'News for {{name|you}}.' } },
    );
    await desk.api.ask(
      'mutation ($input: CampaignRecipientsInput!) { setCampaignRecipients(input: $input) { counts { recipients } } }',
      { input: { campaignId: draft.id, kind: 'LIST', addresses: addresses.join('\n') } },
    );
    await desk.api.ask('mutation ($input: StartCampaignInput!) { startCampaign(input: $input) { state } }', {
      input: { campaignId: draft.id, confirmCount: MAILS },
    });
    const startedAt = performance.now();
    const takenAtKill: number[] = [];
    const random = seeded(SEED);
    for (const death of planKills(MAILS, KILLS, random)) {
      await lifeUntil(death, random, draft.id);
      await desk.product.kill();
      takenAtKill.push(taken());
      desk.product.begin();
    }
    await desk.product.ready();
    await until(() => isDone(draft.id), Boolean, LONGEST_MS);

    const copies = new Map<string, number>();
    for (const { to } of desk.sink.mails) for (const address of to) copies.set(address, (copies.get(address) ?? 0) + 1);
    const addressees = await readAll(draft.id);
    const named = (state: string) => addressees.filter((each) => each.state === state).map(({ address }) => address);
    const unknown = named('UNKNOWN');
    console.log(
      `${MAILS} mails, ${KILLS} kills in ${Math.round((performance.now() - startedAt) / 1000)} s: ${named('SENT').length} sent, ${unknown.length} unknown (${(unknown.length / KILLS).toFixed(2)} a kill; the server has ${unknown.filter((address) => copies.has(address)).length} of them), ${[...copies.values()].filter((count) => count > 1).length} doubled, ${addresses.length - addressees.length} forgotten`,
    );
    console.log(`mails taken at the kills: ${spreadOf(takenAtKill)} (PROOF_SEED=${SEED})`);
    if (unknown.length > 0) console.log(`unknown: ${unknown.join(', ')}`);

    expect(Math.min(...takenAtKill)).toBeLessThan(MAILS / 4);
    expect(Math.max(...takenAtKill)).toBeGreaterThan((MAILS / 4) * 3);
    expect([...copies].filter(([, count]) => count > 1)).toEqual([]);
    expect(addressees.map(({ address }) => address).sort()).toEqual([...addresses].sort());
    expect([...new Set(addressees.map(({ state }) => state))].filter((s) => s !== 'SENT' && s !== 'UNKNOWN')).toEqual(
      [],
    );
    expect(named('SENT').filter((address) => !copies.has(address))).toEqual([]);
  },
  LONGEST_MS,
);

const taken = () => desk.sink.mails.length;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function isDone(id: string): Promise<boolean> {
  const { campaign } = await desk.api.ask('query ($id: ID!) { campaign(id: $id) { state } }', { id });
  return campaign.state === 'DONE';
}

let startingMs = 500;

/** Lets the product live until its death is due. */
async function lifeUntil(death: Death, random: () => number, id: string): Promise<void> {
  if (death === 'WHILE_STARTING') return void (await pause(random() * startingMs));
  const begunAt = performance.now();
  await desk.product.ready();
  startingMs = performance.now() - begunAt;
  // A mail that may have arrived is never taken again, so the last ones may never come.
  for (let askAt = 0; taken() < death.atMails; await pause(5)) {
    if (performance.now() < askAt) continue;
    if (await isDone(id)) break;
    askAt = performance.now() + 1000;
  }
  await pause(random() * ROUND_MS);
}

/** Every addressee of the mailing with what became of the mail. */
async function readAll(id: string): Promise<Addressee[]> {
  const found: Addressee[] = [];
  for (let after: string | null = null; ; ) {
    const { campaign } = await desk.api.ask(
      `query ($id: ID!, $after: String) { campaign(id: $id) { recipients(first: ${PAGE}, after: $after) { nodes { address state } pageInfo { endCursor hasNextPage } } } }`,
      { id, after },
    );
    found.push(...campaign.recipients.nodes);
    if (!campaign.recipients.pageInfo.hasNextPage) return found;
    after = campaign.recipients.pageInfo.endCursor;
  }
}
