import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent, saveDesk } from '../../test/factories.ts';
import { checkDkimDns } from './check-dkim-dns.ts';
import { type DnsRecord, makeDkimKey } from './dkim-key.ts';

const OTHER = 'v=DKIM1; k=rsa; p=MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A';

describeEachDatabase('the record of the DKIM key', (world) => {
  /** A desk that signs, and what is to be published for its key. */
  async function signing(): Promise<DnsRecord> {
    await saveDesk(world().ctx(), {}, {}, { dkimDomain: 'desk.example', dkimSelector: 'desk1' });
    return makeDkimKey(world().ctx());
  }
  const publish = (name: string, ...records: string[]) => world().dns.records.set(name, records);

  test('is right when it stands there, however it is written', async () => {
    const { name, value } = await signing();
    const key = value.split('p=')[1]!;
    for (const written of [
      value,
      `k=rsa;p=${key};`,
      `v = DKIM1 ; t=s ; n=mail ;  p= ${key.slice(0, 100)} \t${key.slice(100)}`,
    ]) {
      publish(name, 'v=spf1 -all', written);
      expect(await checkDkimDns(world().ctx())).toMatchObject({ state: 'RIGHT' });
    }
  });

  test('is missing when nothing stands there that is such a record, and it is said where to put it', async () => {
    const { name } = await signing();
    for (const records of [[], ['v=spf1 -all'], ['v=DKIM2; p=x'], ['k=rsa'], ['']]) {
      publish(name, ...records);
      const check = await checkDkimDns(world().ctx());
      expect(check).toMatchObject({ state: 'MISSING', message: expect.stringContaining(name) });
    }
  });

  test('is told from one whose name got the domain twice', async () => {
    const { name, value } = await signing();
    publish(`${name}.desk.example`, value);
    const { state, message } = await checkDkimDns(world().ctx());
    expect(state).toBe('MISSING');
    expect(message).toContain('Enter desk1._domainkey as its name');
  });

  test.each([
    ['is of another key', [OTHER], /holds another key/],
    ['is withdrawn', ['v=DKIM1; p='], /withdraws its key/],
  ])('is wrong when it %s', async (_what, records, words) => {
    const { name } = await signing();
    publish(name, ...records);
    expect(await checkDkimDns(world().ctx())).toEqual({ state: 'OTHER_KEY', message: expect.stringMatching(words) });
  });

  test('is wrong when another one stands beside it, as a mail server may take either', async () => {
    const { name, value } = await signing();
    publish(name, value, OTHER);
    const { state, message } = await checkDkimDns(world().ctx());
    expect([state, message.includes('2 records')]).toEqual(['OTHER_KEY', true]);
  });

  test('is unknown while the DNS does not answer, and the reason is said', async () => {
    await signing();
    world().dns.failure = 'no answer came in time';
    expect(await checkDkimDns(world().ctx())).toEqual({
      state: 'UNREACHABLE',
      message: expect.stringContaining('no answer came in time'),
    });
  });

  test('is looked for by administrators alone, and only once there is a key', async () => {
    await saveDesk(world().ctx());
    await expect(checkDkimDns(world().ctx())).rejects.toMatchObject({ code: 'CONFLICT' });
    await signing();
    const assistant = world().ctx(agentActor(await buildAgent(world().ctx(), { role: 'ASSISTANT' })));
    await expect(checkDkimDns(assistant)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});
