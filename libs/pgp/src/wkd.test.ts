import { expect, test } from 'vitest';
import { fixture, NOW } from '../testing/craft.ts';
import { publicKeyBytes, readPublicKeys, wkdHash, wkdPaths } from './index.ts';

test('the name of a key in a Web Key Directory is the one of the draft', () => {
  expect(wkdHash('Joe.Doe')).toBe('iy9q119eutrkn8s1mk4r39qejnbu3n5q');
  expect(wkdHash('joe.doe')).toBe(wkdHash('JOE.DOE'));
  expect(wkdHash('')).toHaveLength(32);
});

test('the paths of an address, for both methods', () => {
  expect(wkdPaths('Joe.Doe@Example.ORG')).toEqual({
    domain: 'example.org',
    direct: '/.well-known/openpgpkey/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q',
    advanced: '/.well-known/openpgpkey/example.org/hu/iy9q119eutrkn8s1mk4r39qejnbu3n5q',
    policy: '/.well-known/openpgpkey/policy',
  });
});

test('what is served is the binary key', async () => {
  const bytes = publicKeyBytes(fixture('support.pub.asc').toString());
  expect((await readPublicKeys(bytes, { now: NOW }))[0]?.userIds).toEqual(['Support <support@desk.test>']);
});
