import { expect, test } from 'vitest';
import { deskKeyring, fixture, LETTER, NOW, publicKeys } from '../testing/craft.ts';
import { encryptFor, openEncrypted, readPublicKeys, unlockKeys } from './index.ts';

test('a reply is sealed for its reader and for the desk, signed by the desk, and both can open it', async () => {
  const desk = await deskKeyring();
  const [own] = await publicKeys('support');
  const sealed = await encryptFor(LETTER, [...(await publicKeys('carla')), own!], desk.keys[0], { now: NOW });
  expect(sealed).toMatch(/^-----BEGIN PGP MESSAGE-----\n/);
  expect(sealed).not.toMatch(/^(?:Version|Comment):/m);
  const carla = await unlockKeys([{ armored: fixture('carla.sec.asc') }], { now: NOW });
  for (const keyring of [carla, desk]) {
    const result = await openEncrypted(sealed, {
      keyring,
      verificationKeys: [own!],
      from: 'support@desk.test',
      now: NOW,
    });
    expect(result).toMatchObject({ ok: true, data: LETTER, signature: { state: 'VALID' } });
  }
});

test('without a signing key it is sealed but not signed', async () => {
  const sealed = await encryptFor(LETTER, await publicKeys('support'), undefined, { now: NOW });
  const result = await openEncrypted(sealed, { keyring: await deskKeyring(), now: NOW });
  expect(result).toMatchObject({ ok: true, signature: { state: 'NONE' } });
});

test('nothing is sealed when one of the keys cannot be used', async () => {
  for (const name of ['expired', 'revoked', 'signs']) {
    const keys = await readPublicKeys(fixture(`${name}.pub.asc`), { now: NOW });
    const both = [...(await publicKeys('carla')), ...keys];
    await expect(encryptFor(LETTER, both, undefined, { now: NOW })).rejects.toMatchObject({
      name: 'PgpError',
      code: 'CANNOT_ENCRYPT',
    });
  }
  await expect(encryptFor(LETTER, [], undefined, { now: NOW })).rejects.toMatchObject({ code: 'CANNOT_ENCRYPT' });
});

test('an ended key of ours does not sign', async () => {
  const ring = await unlockKeys([{ armored: fixture('expired.sec.asc') }], { now: NOW });
  await expect(encryptFor(LETTER, await publicKeys('carla'), ring.keys[0], { now: NOW })).rejects.toMatchObject({
    code: 'CANNOT_SIGN',
  });
});
