import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { type Desk, startDesk } from './support/desk.ts';

/** How hard it is tried: `npm run proof:mass-mail` sets 10,000 mails and 200 kills. */
const MAILS = Number(process.env.PROOF_MAILS ?? 400);
const KILLS = Number(process.env.PROOF_KILLS ?? 8);
/** How long the mail server thinks before it takes a mail: what is killed meanwhile, nobody can know. */
const SERVER_MS = Number(process.env.PROOF_SERVER_MS ?? 25);
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
    const taken = () => desk.sink.mails.length;
    const isDone = async () => {
      const { campaign } = await desk.api.ask('query ($id: ID!) { campaign(id: $id) { state } }', { id: draft.id });
      return campaign.state === 'DONE';
    };
    const startedAt = performance.now();
    for (let kill = 0; kill < KILLS; kill++) {
      const before = taken();
      // A moment anywhere in making, claiming, connecting, handing over and settling; each round gets somewhere, until
      // nothing is left: a mail that may have arrived is never taken again.
      await until(async () => taken() > before || (await isDone()), Boolean, 180_000);
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 400));
      await desk.product.kill();
      await desk.product.start();
    }
    await until(isDone, Boolean, LONGEST_MS);

    const copies = new Map<string, number>();
    for (const { to } of desk.sink.mails) for (const address of to) copies.set(address, (copies.get(address) ?? 0) + 1);
    const addressees = await readAll(draft.id);
    const named = (state: string) => addressees.filter((each) => each.state === state).map(({ address }) => address);
    const unknown = named('UNKNOWN');
    console.log(
      `${MAILS} mails, ${KILLS} kills in ${Math.round((performance.now() - startedAt) / 1000)} s: ${named('SENT').length} sent, ${unknown.length} unknown (${(unknown.length / KILLS).toFixed(2)} a kill; the server has ${unknown.filter((address) => copies.has(address)).length} of them), ${[...copies.values()].filter((count) => count > 1).length} doubled, ${addresses.length - addressees.length} forgotten`,
    );
    if (unknown.length > 0) console.log(`unknown: ${unknown.join(', ')}`);

    expect([...copies].filter(([, count]) => count > 1)).toEqual([]);
    expect(addressees.map(({ address }) => address).sort()).toEqual([...addresses].sort());
    expect([...new Set(addressees.map(({ state }) => state))].filter((s) => s !== 'SENT' && s !== 'UNKNOWN')).toEqual(
      [],
    );
    expect(named('SENT').filter((address) => !copies.has(address))).toEqual([]);
  },
  LONGEST_MS,
);

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
