import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { agentActor, buildAgent } from '../../test/factories.ts';
import { EventRow } from '../platform/event.entity.ts';
import { PgpKey } from './pgp-key.entity.ts';
import { PgpKeySecret } from './pgp-key-secret.entity.ts';
import { readPgpSecrets, removePgpKey } from './pgp-keys.ts';
import { readSettings } from './read-settings.ts';
import { saveSettings } from './save-settings.ts';

const fixture = (name: string) =>
  readFileSync(new URL(`../../../../libs/pgp/fixtures/${name}`, import.meta.url), 'utf8');
const PRIVATE = fixture('support.sec.asc');
const PHRASE = 'test phrase';

describeEachDatabase('keys for encrypted letters', (world) => {
  const admin = async () => world().ctx(agentActor(await buildAgent(world().ctx())));

  test('are stored when their phrase opens them, sealed apart, and opened for reading letters', async () => {
    const ctx = await admin();
    await saveSettings(ctx, { pgpPrivateKey: PRIVATE, pgpPassphrase: PHRASE });
    const [key] = await ctx.db.find(PgpKey);
    expect(key!.fingerprint).toMatch(/^[0-9A-F]{40}$/);
    expect(key!.publicKey).toContain('BEGIN PGP PUBLIC KEY BLOCK');
    const stored = JSON.stringify([await ctx.db.find(PgpKeySecret), key]);
    expect(stored).not.toContain('PRIVATE KEY');
    expect(stored).not.toContain(PHRASE);
    const [secret] = await readPgpSecrets(ctx);
    expect([secret!.armored.includes('PRIVATE KEY BLOCK'), secret!.passphrase]).toEqual([true, PHRASE]);
  });

  test('are kept beside one another; the same one again replaces itself', async () => {
    const ctx = await admin();
    await saveSettings(ctx, { pgpPrivateKey: PRIVATE, pgpPassphrase: PHRASE });
    await saveSettings(ctx, { pgpPrivateKey: fixture('old.sec.asc'), pgpPassphrase: PHRASE });
    await saveSettings(ctx, { pgpPrivateKey: PRIVATE, pgpPassphrase: PHRASE });
    expect(await ctx.db.count(PgpKey)).toBe(2);
  });

  test.each([
    [
      'a wrong phrase',
      { pgpPrivateKey: PRIVATE, pgpPassphrase: 'canary phrase' },
      'pgpPassphrase',
      'does not open this key',
    ],
    ['no phrase', { pgpPrivateKey: PRIVATE }, 'pgpPassphrase', 'enter its code phrase'],
    [
      'a public key',
      { pgpPrivateKey: fixture('support.pub.asc'), pgpPassphrase: PHRASE },
      'pgpPrivateKey',
      'public key',
    ],
    ['no key', { pgpPrivateKey: 'canary', pgpPassphrase: PHRASE }, 'pgpPrivateKey', 'not an OpenPGP key'],
    [
      'an expired key',
      { pgpPrivateKey: fixture('expired.sec.asc'), pgpPassphrase: PHRASE },
      'pgpPrivateKey',
      'expired',
    ],
    ['a phrase alone', { pgpPassphrase: PHRASE }, 'pgpPrivateKey', 'together'],
  ])('are refused with one sentence for %s, and nothing of the form is saved', async (_name, input, path, words) => {
    const ctx = await admin();
    const saving = saveSettings(ctx, { ...input, maxSuggestions: 3 });
    const error = await saving.catch((error: unknown) => error);
    expect(error).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path, message: expect.stringContaining(words) }] });
    expect(JSON.stringify(error)).not.toContain('canary');
    expect([await ctx.db.count(PgpKey), (await readSettings(ctx)).maxSuggestions]).toEqual([0, 5]);
  });

  test('are removed with their secret by an administrator, twice without harm', async () => {
    const ctx = await admin();
    await saveSettings(ctx, { pgpPrivateKey: PRIVATE, pgpPassphrase: PHRASE });
    const { fingerprint } = (await ctx.db.find(PgpKey))[0]!;
    const assistant = world().ctx(agentActor(await buildAgent(ctx, { role: 'ASSISTANT' })));
    await expect(removePgpKey(assistant, fingerprint)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await removePgpKey(ctx, fingerprint);
    await removePgpKey(ctx, fingerprint);
    expect([await ctx.db.count(PgpKey), await ctx.db.count(PgpKeySecret)]).toEqual([0, 0]);
  });

  test('leave no secret in the event that says they were saved', async () => {
    const ctx = await admin();
    await saveSettings(ctx, { pgpPrivateKey: PRIVATE, pgpPassphrase: PHRASE, pop3Password: 'canary word' });
    const events = JSON.stringify(await ctx.db.find(EventRow));
    expect(events).toContain('pgpPassphrase');
    expect([events.includes('canary'), events.includes(PHRASE), events.includes('BEGIN PGP')]).toEqual([
      false,
      false,
      false,
    ]);
  });
});
