import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  encryptFor,
  openEncrypted,
  readPrivateKey,
  readPublicKeys,
  unlockKeys,
  verifyClearSigned,
  verifyDetached,
} from '../src/index.ts';
import { LETTER } from './craft.ts';

const PHRASE = 'a phrase for this run';
const hasGpg = canRun('gpg');

function canRun(program: string): boolean {
  try {
    execFileSync(program, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

test.runIf(process.env.CI === 'true')('GnuPG is installed where the build server runs the tests', () => {
  expect(hasGpg).toBe(true);
});

describe.skipIf(!hasGpg)('letters go to and from a real GnuPG', { timeout: 30_000 }, () => {
  let home: string;
  let desk: Awaited<ReturnType<typeof unlockKeys>>;

  const gpg = (...args: string[]) =>
    execFileSync(
      'gpg',
      [
        '--batch',
        '--yes',
        '--no-tty',
        '--trust-model',
        'always',
        '--pinentry-mode',
        'loopback',
        '--passphrase',
        PHRASE,
        ...args,
      ],
      {
        env: { ...process.env, GNUPGHOME: home, LC_ALL: 'C' },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 30_000,
      },
    );
  const file = (name: string) => join(home, name);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'pgp-'));
    gpg('--quick-gen-key', 'Desk <desk@desk.test>', 'future-default', 'default', 'never');
    gpg('--quick-gen-key', 'Carla <carla@customer.test>', 'future-default', 'default', 'never');
    writeFileSync(file('letter'), LETTER);
    const armored = gpg('--armor', '--export-secret-keys', 'desk@desk.test');
    await readPrivateKey(armored, PHRASE);
    desk = await unlockKeys([{ armored, passphrase: PHRASE }]);
  }, 60_000);

  afterAll(() => {
    execFileSync('gpgconf', ['--kill', 'all'], { env: { ...process.env, GNUPGHOME: home } });
    rmSync(home, { recursive: true, force: true });
  });

  const carla = () => readPublicKeys(gpg('--armor', '--export', 'carla@customer.test'));

  test('encrypted and signed by it, opened here', async () => {
    gpg('--armor', '-u', 'carla@customer.test', '-r', 'desk@desk.test', '-o', file('in.asc'), '-se', file('letter'));
    const result = await openEncrypted(readFileSync(file('in.asc')), {
      keyring: desk,
      verificationKeys: await carla(),
      from: 'carla@customer.test',
    });
    expect(result).toMatchObject({ ok: true, data: LETTER, signature: { state: 'VALID' } });
  });

  test('encrypted and signed here, opened and checked by it', async () => {
    const sealed = await encryptFor(LETTER, await carla(), desk.keys[0]);
    writeFileSync(file('out.asc'), sealed);
    const status = gpg('--status-fd', '1', '-o', file('out'), '-d', file('out.asc')).toString();
    expect(status).toContain('[GNUPG:] GOODSIG');
    expect(status).toContain('[GNUPG:] GOODMDC');
    expect(readFileSync(file('out'))).toEqual(LETTER);
  });

  test('signed by it, detached and clear, checked here', async () => {
    gpg('--armor', '-u', 'carla@customer.test', '-o', file('letter.asc'), '-b', file('letter'));
    const keys = await carla();
    expect(await verifyDetached(LETTER, readFileSync(file('letter.asc')), keys)).toMatchObject({ state: 'VALID' });
    gpg('-u', 'carla@customer.test', '-o', file('clear.asc'), '--clearsign', file('letter'));
    expect(
      await verifyClearSigned(readFileSync(file('clear.asc')), keys, { from: 'carla@customer.test' }),
    ).toMatchObject({ state: 'VALID' });
  });
});
