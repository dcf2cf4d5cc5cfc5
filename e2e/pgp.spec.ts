import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { axeFindings, startBrowser } from './support/browser.ts';
import { ADMINISTRATOR, type Desk, SUPPORT, startDesk } from './support/desk.ts';

const CARLA = 'carla@customer.example';
const PHRASE = 'a phrase for this run';
let desk: Desk;
let browser: Browser;
let page: Page;
let home: string;
let letters = 0;

const file = (name: string) => join(home, name);

/** A real GnuPG with a home of its own: the customer's side of every letter. */
function gpg(...args: string[]): Buffer {
  const always = ['--batch', '--yes', '--no-tty', '--trust-model', 'always', '--pinentry-mode', 'loopback'];
  return execFileSync('gpg', [...always, ...args], {
    env: { ...process.env, GNUPGHOME: home, LC_ALL: 'C' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A letter of Carla's as her mail program writes it: subject and words inside, encrypted and signed by gpg. */
function sealedLetter(subject: string, words: string, more = ''): string {
  const inner = `Content-Type: multipart/mixed; boundary="in"; protected-headers="v1"\r\nSubject: ${subject}\r\n\r\n--in\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${words}\r\n${more}--in--\r\n`;
  writeFileSync(file('inner'), inner);
  gpg('--passphrase', '', '-u', CARLA, '-r', SUPPORT, '--armor', '-o', file('sealed'), '-se', file('inner'));
  return [
    `From: Carla Customer <${CARLA}>`,
    `To: ${SUPPORT}`,
    'Subject: ...',
    `Message-ID: <letter-${++letters}@customer.example>`,
    'MIME-Version: 1.0',
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="out"',
    '',
    '--out',
    'Content-Type: application/pgp-encrypted',
    '',
    'Version: 1',
    '',
    '--out',
    'Content-Type: application/octet-stream; name="encrypted.asc"',
    '',
    readFileSync(file('sealed'), 'latin1').replace(/\r?\n/g, '\r\n'),
    '--out--',
    '',
  ].join('\r\n');
}

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'gpg-'));
  gpg('--passphrase', PHRASE, '--quick-gen-key', `Support <${SUPPORT}>`, 'future-default', 'default', 'never');
  gpg('--passphrase', '', '--quick-gen-key', `Carla Customer <${CARLA}>`, 'future-default', 'default', 'never');
  [desk, browser] = await Promise.all([startDesk({ setUp: true }), startBrowser()]);
  page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage();
  page.setDefaultTimeout(15_000);
  await page.goto(`${desk.product.url}/sign-in`);
  await page.getByLabel('Email').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password', { exact: true }).fill(ADMINISTRATOR.password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: /Main queue/ }).waitFor();
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await desk?.stop();
  execFileSync('gpgconf', ['--kill', 'all'], { env: { ...process.env, GNUPGHOME: home } });
  rmSync(home, { recursive: true, force: true });
});

async function receive(letter: string, tickets: number): Promise<void> {
  desk.dovecot.deliver(letter);
  await desk.api.ask('mutation { collectNow }');
  await until(
    () => desk.api.ask('{ tickets { totalCount } }'),
    (d) => d.tickets.totalCount === tickets,
  );
}

test('without a key the letter says why it is closed; with the key it opens by Try again', async () => {
  const key = gpg('--armor', '--export', CARLA).toString();
  const attached = `--in\r\nContent-Type: application/pgp-keys; name="carla.asc"\r\nContent-Disposition: attachment; filename="carla.asc"\r\n\r\n${key}\r\n`;
  await receive(sealedLetter('Merger with Acme', 'The merger is on Friday.', attached), 1);
  await page.goto(`${desk.product.url}/tickets/1`);
  await page.getByText(/Encrypted for key IDs [0-9A-F]{16}/).waitFor();
  await page.getByText('Could not decrypt').waitFor();
  await page.getByRole('link', { name: 'Keys in Settings' }).click();
  await page.getByText('1 letter could not be opened.').waitFor();

  const secret = gpg('--passphrase', PHRASE, '--armor', '--export-secret-keys', SUPPORT).toString();
  await page.getByLabel('PGP private key').fill(secret);
  await page.getByLabel('PGP code phrase', { exact: true }).fill('not the phrase');
  await page.keyboard.press('Control+s');
  await page.getByText('The code phrase does not open this key.').first().waitFor();
  await page.getByLabel('PGP code phrase', { exact: true }).fill(PHRASE);
  await page.keyboard.press('Control+s');
  await page.getByText(`Support <${SUPPORT}>`).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Try again' }).click();
  await page.getByText('1 of 1 letter opened.').waitFor();

  await page.goto(`${desk.product.url}/tickets/1`);
  await page.getByText('The merger is on Friday.').first().waitFor();
  await page.getByRole('heading', { name: 'Merger with Acme' }).waitFor();
  await page.getByText('Signed by an unknown key').waitFor();
  expect(await page.getByText('signature.asc').count()).toBe(0);
  expect(await axeFindings(page)).toEqual([]);
});

test('the key that came with the letter is used once its fingerprint was looked at, and the signature holds', async () => {
  const fingerprint = /^fpr:+([0-9A-F]{40}):/m.exec(gpg('--with-colons', '--list-keys', CARLA).toString())![1]!;
  await page.getByText(fingerprint.replace(/(.{4})(?=.)/g, '$1 ')).waitFor();
  await page.getByRole('button', { name: 'Use this key' }).click();
  await page.getByText('Signed by Carla Customer').waitFor();
  await page.getByText('Replies are encrypted').waitFor();
});

test('the reply goes out encrypted and signed, and gpg opens it', async () => {
  const before = desk.sink.mails.length;
  await page
    .getByRole('button', { name: /^Reply/ })
    .first()
    .click();
  await page.getByRole('textbox', { name: 'Message' }).fill('Friday suits us. The room is booked.');
  await page.keyboard.press('Control+Enter');
  const reply = await until(
    () => desk.sink.mails.slice(before).find((mail) => mail.to.includes(CARLA)),
    (mail) => mail !== undefined,
  );
  expect(reply!.headers.get('content-type')).toContain('multipart/encrypted');
  expect(reply!.headers.get('subject')).toContain('[#1]');
  for (const word of ['Friday', 'Merger', 'room']) expect(reply!.raw).not.toContain(word);
  const armored = /-----BEGIN PGP MESSAGE-----[\s\S]*?-----END PGP MESSAGE-----/.exec(reply!.raw)![0];
  writeFileSync(file('reply.asc'), `${armored}\n`);
  const status = gpg('--passphrase', '', '--status-fd', '1', '-o', file('reply'), '-d', file('reply.asc')).toString();
  expect(status).toContain('[GNUPG:] GOODSIG');
  const opened = readFileSync(file('reply'), 'utf8');
  expect(opened).toContain('Friday suits us. The room is booked.');
  expect(opened).toMatch(/Subject: .*Merger with Acme/);
  await page.getByText('Sent encrypted').waitFor();
});

test('the answer by the subject inside finds its ticket', async () => {
  desk.dovecot.deliver(sealedLetter('Re: Merger with Acme', 'See you there.'));
  await desk.api.ask('mutation { collectNow }');
  await page.getByText('See you there.').first().waitFor();
  const { tickets } = await desk.api.ask('{ tickets { totalCount nodes { encrypted subject } } }');
  expect(tickets).toEqual({ totalCount: 1, nodes: [{ encrypted: true, subject: 'Merger with Acme' }] });
});

test('our public key is found by our address in the Web Key Directory', async () => {
  const url = gpg('--with-wkd-hash', '--list-keys', SUPPORT).toString();
  const hash = /([a-z1-9]{32})@desk\.example/.exec(url)![1]!;
  const answer = await fetch(`${desk.product.url}/.well-known/openpgpkey/hu/${hash}?l=support`);
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
  writeFileSync(file('wkd.key'), Buffer.from(await answer.arrayBuffer()));
  const shown = gpg('--show-keys', '--with-colons', file('wkd.key')).toString();
  expect(shown).toContain(/^fpr:+([0-9A-F]{40}):/m.exec(gpg('--with-colons', '--list-keys', SUPPORT).toString())![1]!);
  expect(shown).not.toContain('sec:');
});
