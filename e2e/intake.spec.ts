import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from './support/api.ts';
import { type Desk, SUPPORT, startDesk } from './support/desk.ts';
import { sampleLetters } from './support/letters.ts';

const LEDGER =
  '{ inboundMails(first: 100) { totalCount nodes { fate reason subject from removedFromServerAt ticket { number } } } }';
const databases = [
  ['the embedded database', {}],
  ['MariaDB', mariadb()],
] as const;

function mariadb(): Record<string, string> {
  const server = (process.env.TEST_DATABASE_URL ?? 'mariadb://root@127.0.0.1:3306/x').replace(/\/[^/]*$/, '');
  return { DATABASE_URL: `${server}/support_e2e_${process.pid}` };
}

async function onMariadb(sql: string): Promise<void> {
  const { createConnection } = await import('mysql2/promise');
  const connection = await createConnection({
    uri: mariadb()
      .DATABASE_URL!.replace(/^mariadb:/, 'mysql:')
      .replace(/\/[^/]*$/, ''),
  });
  await connection.query(sql);
  await connection.end();
}

describe.each(databases)('real mail on %s', (name, env) => {
  let desk: Desk;
  const database = mariadb().DATABASE_URL!.split('/').at(-1);

  beforeAll(async () => {
    if (name === 'MariaDB') {
      await onMariadb(`DROP DATABASE IF EXISTS ${database}`);
      await onMariadb(`CREATE DATABASE ${database}`);
    }
    desk = await startDesk({ setUp: true, env });
    await desk.save({ spamEntries: ['spam.example'], highlightEntries: ['northwind.example'] });
  });
  afterAll(async () => {
    await desk.stop();
    if (name === 'MariaDB') await onMariadb(`DROP DATABASE ${database}`);
  });

  test('twenty-five letters of all kinds find their fate, and the mailbox is empty', async () => {
    const letters = sampleLetters();
    // One after the other where order matters, as mail systems deliver.
    desk.dovecot.deliver(letters[0]!.bytes);
    await until(
      () => desk.api.ask(LEDGER),
      (d) => d.inboundMails.nodes.filter((mail: { fate: string }) => mail.fate === 'TICKETED').length === 1,
    );
    for (const letter of letters.slice(1)) desk.dovecot.deliver(letter.bytes);
    await desk.api.ask('mutation { collectNow }');
    const ledger = await until(
      () => desk.api.ask(LEDGER),
      (d) =>
        d.inboundMails.totalCount === 25 &&
        d.inboundMails.nodes.every(
          (mail: { fate: string; removedFromServerAt: string | null }) =>
            mail.fate !== 'COLLECTED' && mail.removedFromServerAt,
        ),
    );
    const rows: { fate: string; subject: string; reason: string }[] = ledger.inboundMails.nodes;
    for (const letter of letters) {
      const subject = letter.subject === '(no subject)' ? '' : letter.subject;
      const row = rows.find((candidate) => (candidate.subject ?? '') === subject);
      expect([letter.what, row?.fate], JSON.stringify(row)).toEqual([letter.what, letter.fate]);
      expect(row?.reason).toBeTruthy();
    }
    expect(desk.dovecot.count()).toBe(0);
  });

  test('their words, pictures and files are shown as their senders wrote them', async () => {
    const { tickets } = await desk.api.ask(
      '{ tickets(first: 100) { nodes { number subject messages { nodes { kind text html blockedImages attachments { name sizeBytes url } rawUrl } } } } }',
    );
    const letterOf = (subject: string) =>
      tickets.nodes.find((ticket: { subject: string }) => ticket.subject === subject).messages.nodes[0];
    expect(letterOf('Umlauts by Latin-1').text).toBe('Schöne Grüße');
    expect(letterOf('Japanese words').text).toBe('こんにちは');
    expect(letterOf('Soft line ends').text).toBe('Grüße aus dem Norden');
    expect(letterOf('Dots in the body').text).toBe('one\n.\n..two\nthree');
    expect(letterOf('Cut on the way').text).toBe('Still readable');
    expect(letterOf('Nothing but a subject').text).toBe('(no visible content)');
    expect(letterOf('Table of outages').html).not.toContain('script');
    expect(letterOf('Banner is broken')).toMatchObject({ blockedImages: 1 });
    expect(letterOf('Logs attached').attachments.map((file: { name: string }) => file.name)).toEqual([
      'invoice.pdf',
      'log.csv',
    ]);
    expect(letterOf('Forwarding this to you')).toMatchObject({
      text: 'See below.',
      attachments: [{ name: 'Inner matter.eml' }],
    });

    const pdf = await desk.api.get(letterOf('Logs attached').attachments[0].url);
    expect([pdf.headers.get('content-type'), pdf.headers.get('x-content-type-options'), await pdf.text()]).toEqual([
      'application/octet-stream',
      'nosniff',
      '%PDF-1.4 not really',
    ]);
    const image = /src="([^"]+)"/.exec(letterOf('Screenshot inside').html)![1]!;
    expect((await desk.api.get(image)).headers.get('content-type')).toBe('image/png');
    expect(await (await desk.api.get(letterOf('Printer on fire').rawUrl)).text()).toContain(
      'Message-ID: <plain@acme.example>',
    );
    expect((await fetch(`${desk.product.url}${image}`)).status).toBe(404);
  });

  test('each new ticket of a person was confirmed once, from the Support Email, and no other letter', async () => {
    const expected = sampleLetters().filter((letter) => letter.confirmed).length;
    await until(
      () => desk.sink.mails.length,
      (sent) => sent >= expected,
    );
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(desk.sink.mails).toHaveLength(expected);
    for (const mail of desk.sink.mails) {
      expect(mail.headers.get('from')).toBe(SUPPORT);
      expect(mail.headers.get('auto-submitted')).toBe('auto-replied');
    }
  });

  test('an answer reaches the requester in one thread, and the follow-up to it joins and reopens', async () => {
    const { ticket } = await desk.api.ask('{ ticket(number: 1) { id status } }');
    await desk.api.ask('mutation ($input: ReplyToTicketInput!) { replyToTicket(input: $input) { id } }', {
      input: { ticketId: ticket.id, text: 'Use water, then call us.' },
    });
    const mail = await until(() => desk.sink.mails.find((sent) => sent.raw.includes('Use water')), Boolean);
    expect([mail!.from, mail!.to]).toEqual([SUPPORT, ['anna@acme.example']]);
    expect(mail!.headers.get('subject')).toBe('Re: [#1] Printer on fire');
    expect(mail!.headers.get('references')).toContain('<plain@acme.example>');
    expect(mail!.headers.has('auto-submitted')).toBe(false);
    await until(
      () => desk.api.ask('{ ticket(number: 1) { status closesAt } }'),
      (d) => d.ticket.status === 'ANSWERED' && d.ticket.closesAt,
    );

    desk.dovecot.deliver(
      `From: anna@acme.example\r\nTo: ${SUPPORT}\r\nSubject: Quite another subject\r\nMessage-ID: <again@acme.example>\r\nIn-Reply-To: ${mail!.headers.get('message-id')}\r\n\r\nIt burns again.\r\n`,
    );
    await desk.api.ask('mutation { collectNow }');
    const reopened = await until(
      () => desk.api.ask('{ ticket(number: 1) { status snippet messageCount } }'),
      (d) => d.ticket.status === 'OPEN',
    );
    expect(reopened.ticket.snippet).toBe('It burns again.');
    expect(desk.dovecot.count()).toBe(0);
  });

  test('a blocked letter is released into a ticket by an agent', async () => {
    const { inboundMails } = await desk.api.ask('{ inboundMails(filter: { fate: [BLOCKED] }) { nodes { id } } }');
    const { releaseInboundMail } = await desk.api.ask(
      'mutation ($input: InboundMailIdInput!) { releaseInboundMail(input: $input) { fate ticket { subject } } }',
      { input: { inboundMailId: inboundMails.nodes[0].id } },
    );
    expect(releaseInboundMail).toEqual({ fate: 'TICKETED', ticket: { subject: 'Buy now' } });
  });
});
