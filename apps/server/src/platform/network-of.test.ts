import { expect, test } from 'vitest';
import { networkOf } from './network-of.ts';

test('an IPv4 address is its own network, however it is written', () => {
  for (const ip of ['192.0.2.1', '::ffff:192.0.2.1', '192.0.2.1:5678']) expect(networkOf(ip)).toBe('192.0.2.1');
});

test('the addresses that one house has of IPv6 are one network', () => {
  const house = ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7::1', '2001:db8:0:7:ffff::'];
  expect(new Set(house.map(networkOf))).toEqual(new Set(['2001:db8:0:7']));
  expect(new Set(['2001:db8::1', '2001:db8::5:1', '2001:db8::'].map(networkOf))).toEqual(new Set(['2001:db8:0:0']));
  expect(networkOf('::1')).toBe('0:0:0:0');
  expect(networkOf('2001:db8:0:8::1')).not.toBe(networkOf('2001:db8:0:7::1'));
});

test('what is no address is taken as it is', () => {
  for (const text of ['', 'unknown']) expect(networkOf(text)).toBe(text);
});
