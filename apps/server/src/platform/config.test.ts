import { expect, test } from 'vitest';
import { ConfigError, loadConfig } from './config.ts';

test('proxies are named by addresses and networks; without them nobody speaks for others', () => {
  expect(loadConfig({}).trustedProxies).toEqual([]);
  expect(loadConfig({ TRUSTED_PROXIES: ' 127.0.0.1, ::1,172.16.0.0/12 ,2001:db8::/32' }).trustedProxies).toEqual([
    '127.0.0.1',
    '::1',
    '172.16.0.0/12',
    '2001:db8::/32',
  ]);
  for (const wrong of [
    'proxy.example',
    '127.0.0.1/33',
    '::1/129',
    '127.0.0.1/',
    '0.0.0.0/0',
    '::/0',
    'true',
    '10.0.0.1/8/8',
  ])
    expect(() => loadConfig({ TRUSTED_PROXIES: wrong }), wrong).toThrow(ConfigError);
});
