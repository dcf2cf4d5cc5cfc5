import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { isMailUrl, MailFrame, namesAnotherHost } from './MailFrame.tsx';

test('a mail stands in a frame where no script can run', () => {
  render(<MailFrame url="/m/abc" title="Hello" />);
  const sandbox = screen.getByTitle('Mail: Hello').getAttribute('sandbox') ?? '';
  expect(sandbox.split(' ')).not.toContain('allow-scripts');
  expect(sandbox.split(' ')).toContain('allow-same-origin');
});

test.each([
  'https://evil.example/m/1',
  '//evil.example/m/1',
  'javascript:alert(1)',
  '/graphql',
  '/m/../graphql',
  '/m/a?images=2',
  '/m/a?images=1&x=2',
  '/m/a?hidden=1#x',
  'data:text/html,x',
])('%s is never put into the frame', (url) => {
  expect(isMailUrl(url)).toBe(false);
  render(<MailFrame url={url} title="Hello" />);
  expect(screen.queryByTitle('Mail: Hello')).toBeNull();
});

test.each([
  ['https://bank.example', 'https://evil.example/x', true],
  ['www.bank.example', 'https://bank.example/login', false],
  ['bank.example', 'https://pay.bank.example', false],
  ['Click here', 'https://evil.example', false],
])('the words %j on a link to %j name another host: %j', (words, href, expected) => {
  expect(namesAnotherHost(words, href)).toBe(expected);
});
