import type { AddressInfo } from 'node:net';
import { createServer, type Server, type Socket } from 'node:net';
import { TEST_CA, TEST_CERTIFICATES } from '@support-center/pop3/testing';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type SmtpAccount, SmtpFailure } from './smtp.ts';
import { makeSmtpDoor, normalizeLineEnds } from './smtp-door.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

const LETTER = Buffer.from('Subject: Hi\r\n\r\nHello\r\n');
const ENVELOPE = { from: 'support@desk.example', to: ['anna@acme.example'] };
const SHORT = { connectMs: 500, replyMs: 200, finalReplyMs: 400, graceMs: 200 };

const doorFor = (limits = {}) => {
  const door = makeSmtpDoor({
    ca: TEST_CA,
    limits: { connectMs: 2000, replyMs: 2000, finalReplyMs: 3000, idleMs: 0, ...limits },
  });
  cleanups.push(() => door.close());
  return door;
};
const account = (port: number, more: Partial<SmtpAccount> = {}): SmtpAccount => ({
  host: '127.0.0.1',
  port,
  security: 'NONE',
  user: null,
  password: null,
  ...more,
});

/** A real mail server that keeps what it takes. */
async function mailServer(options: SMTPServerOptions = {}) {
  const taken: { from: string; to: string[]; content: Buffer }[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'desk' && password === 'pass word' ? done(null, { user: 'desk' }) : done(new Error('Invalid login')),
    onData(stream, { envelope }, done) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        taken.push({ from, to: envelope.rcptTo.map(({ address }) => address), content: Buffer.concat(parts) });
        done(null, 'taken');
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => new Promise<void>((resolve) => server.close(() => resolve())));
  return { port: (server.server.address() as AddressInfo).port, taken };
}

/** Says what it is told to each command; a step may also act on the socket. `lines` is all that came. */
async function scripted(
  answer: (line: string, socket: Socket) => string | null,
  greeting: string | null = '220 fake\r\n',
) {
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    if (greeting !== null) socket.write(greeting);
    let rest = '';
    socket.on('data', (chunk) => {
      const parts = (rest + chunk.toString('latin1')).split('\r\n');
      rest = parts.pop()!;
      for (const line of parts) {
        lines.push(line);
        const said = answer(line, socket);
        if (said !== null) socket.write(said);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanups.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { port: (server.address() as AddressInfo).port, lines };
}

function hangUp(socket: Socket): null {
  socket.destroy();
  return null;
}

/** The usual answers, but for those of `other`. */
function usual(other: Record<string, string | ((socket: Socket) => string | null)> = {}) {
  return (line: string, socket: Socket): string | null => {
    const word = /^(EHLO|HELO|MAIL|RCPT|DATA|QUIT|STARTTLS|AUTH|\.)/.exec(line)?.[1];
    if (word === undefined || (word === '.' && line !== '.')) return null;
    const special = other[word];
    if (special !== undefined) return typeof special === 'string' ? special : special(socket);
    return { EHLO: '250 fake\r\n', DATA: '354 go\r\n', QUIT: '221 bye\r\n' }[word] ?? '250 ok\r\n';
  };
}

async function failureOf(sending: Promise<unknown>): Promise<SmtpFailure> {
  const error: unknown = await sending.then(
    () => new Error('it was sent'),
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(SmtpFailure);
  return error as SmtpFailure;
}

const never = async () => expect.unreachable('no body may begin');
const quietly = async () => undefined;

describe('a mail that is taken', () => {
  test('arrives with its envelope and bytes, and the server is left with QUIT', async () => {
    const { port, lines } = await scripted(usual());
    const order: string[] = [];
    const receipt = await doorFor().send(account(port), ENVELOPE, LETTER, {
      beforeBody: async () => void order.push(...lines),
    });
    expect(receipt).toMatchObject({ response: '250 ok', refused: [] });
    expect(order).toEqual([
      expect.stringMatching(/^EHLO /),
      'MAIL FROM:<support@desk.example>',
      'RCPT TO:<anna@acme.example>',
      'DATA',
    ]);
    await vi.waitFor(() => expect(lines.slice(order.length)).toEqual(['Subject: Hi', '', 'Hello', '.', 'QUIT']));
  });

  test('waits for beforeBody before its first byte', async () => {
    const { port, lines } = await scripted(usual());
    let seen = -1;
    const beforeBody = async () => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      seen = lines.length;
    };
    await doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody });
    expect(lines[seen - 1]).toBe('DATA');
  });

  test('goes through STARTTLS, sign-in and back to the last byte', async () => {
    const { good } = TEST_CERTIFICATES;
    const { port, taken } = await mailServer({
      disabledCommands: [],
      key: good.key,
      cert: good.cert,
      authOptional: false,
      allowInsecureAuth: false,
    });
    await doorFor().send(
      account(port, { security: 'STARTTLS', user: 'desk', password: 'pass word' }),
      ENVELOPE,
      LETTER,
      { beforeBody: quietly },
    );
    expect(taken).toEqual([{ ...ENVELOPE, content: LETTER }]);
  });

  test('goes over TLS from the start, with an empty envelope sender', async () => {
    const { good } = TEST_CERTIFICATES;
    const { port, taken } = await mailServer({ secure: true, key: good.key, cert: good.cert });
    await doorFor().send(account(port, { security: 'TLS' }), { ...ENVELOPE, from: '' }, LETTER, {
      beforeBody: quietly,
    });
    expect(taken[0]).toMatchObject({ from: '' });
  });

  test('names the recipients that were refused beside it', async () => {
    const { port, taken } = await mailServer({
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('gone') ? done(Object.assign(new Error('no such user'), { responseCode: 550 })) : done(),
    });
    const receipt = await doorFor().send(
      account(port),
      { ...ENVELOPE, to: ['anna@acme.example', 'gone@acme.example'] },
      LETTER,
      { beforeBody: quietly },
    );
    expect(receipt.refused).toEqual([{ address: 'gone@acme.example', response: '550 no such user' }]);
    expect(taken[0]!.to).toEqual(['anna@acme.example']);
  });

  test.each([
    ['a line feed smuggle', 'a\n.\nMAIL FROM:<evil@x.example>\n'],
    ['a carriage return smuggle', 'a\r.\rMAIL FROM:<evil@x.example>\r'],
    ['a mixed smuggle', 'a\n.\r\nMAIL FROM:<evil@x.example>\r\n'],
    ['a whole smuggle', 'a\r\n.\r\nMAIL FROM:<evil@x.example>\r\n'],
    ['dots at line starts', '.\r\n..\r\n.a\r\n'],
    ['no last line end', 'a'],
  ])('stays one mail with %s in it', async (_name, text) => {
    const { port, lines } = await scripted(usual());
    await doorFor().send(account(port), ENVELOPE, Buffer.from(`Subject: x\r\n\r\n${text}`), { beforeBody: quietly });
    const body = lines.slice(lines.indexOf('DATA') + 1);
    expect(body.filter((line) => line === '.')).toHaveLength(1);
    const wanted = normalizeLineEnds(Buffer.from(text)).toString().replace(/\r\n$/, '').split('\r\n');
    expect(body.slice(2, body.indexOf('.')).map((line) => line.replace(/^\./, ''))).toEqual(wanted);
  });
});

describe('a mail that is not taken', () => {
  test.each([
    ['an unknown recipient', { RCPT: '550 5.1.1 no such user\r\n' }, true],
    ['a full mailbox', { RCPT: '452 4.2.2 full\r\n' }, false],
    ['a refused sender', { MAIL: '553 not you\r\n' }, true],
    ['a missing sign-in', { MAIL: '530 5.7.0 Authentication required\r\n' }, false],
    ['a DATA that is put off', { DATA: '451 later\r\n' }, false],
    ['a greylisting answer to EHLO', { EHLO: '421 later\r\n' }, false],
  ])('for %s never began its body', async (_name, answers, permanent) => {
    const { port } = await scripted(usual(answers));
    const failure = await failureOf(doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody: never }));
    expect(failure).toMatchObject({ permanent, bodyBegun: false });
    expect(failure.serverText).toMatch(/^\d{3} /);
  });

  test.each([
    ['554 5.7.1 spam\r\n', true],
    ['451 4.3.0 try again\r\n', false],
  ])('by the answer %j to its last dot is certainly not taken', async (answer, permanent) => {
    const { port } = await scripted(usual({ '.': answer }));
    expect(await failureOf(doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody: quietly }))).toMatchObject({
      permanent,
      bodyBegun: false,
      serverText: answer.trim(),
    });
  });

  test('because the server does not let anybody in may be tried again', async () => {
    const { port } = await scripted(() => null, '554 no service for you\r\n');
    expect(await failureOf(doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody: never }))).toMatchObject({
      permanent: false,
      bodyBegun: false,
    });
  });

  test('that is larger than the server says it takes is refused for good', async () => {
    const { port } = await scripted(usual({ EHLO: '250-fake\r\n250 SIZE 10\r\n' }));
    expect(await failureOf(doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody: never }))).toMatchObject({
      permanent: true,
      bodyBegun: false,
    });
  });

  test('with a wrong password says so, and never the password', async () => {
    const secret = 'hunter2-canary';
    const base64 = Buffer.from(secret).toString('base64');
    const { port } = await scripted(
      usual({
        EHLO: '250-fake\r\n250 AUTH PLAIN LOGIN\r\n',
        AUTH: `535 wrong ${secret} ${base64} \u0007${'x'.repeat(2000)}\r\n`,
      }),
    );
    const failure = await failureOf(
      doorFor().send(account(port, { user: 'desk', password: secret }), ENVELOPE, LETTER, { beforeBody: never }),
    );
    expect(failure).toMatchObject({ permanent: false, bodyBegun: false });
    expect(failure.message).toContain('refused the sign-in');
    const words = failure.message + failure.serverText;
    expect([
      words.includes(secret),
      words.includes(base64),
      words.includes('\u0007'),
      failure.serverText!.length,
    ]).toEqual([false, false, false, 300]);
  });

  test('because STARTTLS is required and not offered gives nothing away', async () => {
    const { port, lines } = await scripted(usual({ STARTTLS: '502 unknown\r\n' }));
    const failure = await failureOf(
      doorFor().send(account(port, { security: 'STARTTLS', user: 'desk', password: 'secret' }), ENVELOPE, LETTER, {
        beforeBody: never,
      }),
    );
    expect(failure).toMatchObject({ permanent: false, bodyBegun: false });
    expect(lines.some((line) => /^(AUTH|MAIL)/.test(line))).toBe(false);
  });

  test.each(['wrongName', 'expired', 'selfSigned'] as const)('over a %s certificate stays here', async (name) => {
    const { port, taken } = await mailServer({ secure: true, ...TEST_CERTIFICATES[name] });
    expect(
      await failureOf(doorFor().send(account(port, { security: 'TLS' }), ENVELOPE, LETTER, { beforeBody: never })),
    ).toMatchObject({ permanent: false, bodyBegun: false });
    expect(taken).toEqual([]);
  });

  test('while nobody listens may be tried again', async () => {
    const { port } = await scripted(usual());
    for (const cleanup of cleanups.splice(0)) await cleanup();
    expect(await failureOf(doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody: never }))).toMatchObject({
      permanent: false,
      bodyBegun: false,
      serverText: null,
    });
  });

  test.each([
    ['greeting', usual(), null],
    ['answer to RCPT', usual({ RCPT: () => null }), '220 fake\r\n'],
  ])('for want of a %s is given up in time', async (_name, answer, greeting) => {
    const { port } = await scripted(answer, greeting);
    expect(await failureOf(doorFor(SHORT).send(account(port), ENVELOPE, LETTER, { beforeBody: never }))).toMatchObject({
      permanent: false,
      bodyBegun: false,
    });
  });

  test('by a server that hangs up before its greeting may be tried again', async () => {
    const { port } = await scripted((_line, socket) => hangUp(socket), null);
    const sending = doorFor(SHORT).send(account(port), ENVELOPE, LETTER, { beforeBody: never });
    expect(await failureOf(sending)).toMatchObject({ permanent: false, bodyBegun: false });
  });

  test('because its phase could not be written down never gets a dot', async () => {
    const { port, lines } = await scripted(usual());
    const failure = await failureOf(
      doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody: () => Promise.reject(new Error('no database')) }),
    );
    expect(failure).toMatchObject({ permanent: false, bodyBegun: false });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(lines.at(-1)).toBe('DATA');
  });

  test('when the product stops before its body is not begun', async () => {
    const { port, lines } = await scripted(usual());
    const stop = new AbortController();
    const failure = await failureOf(
      doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody: async () => stop.abort(), signal: stop.signal }),
    );
    expect(failure).toMatchObject({ permanent: false, bodyBegun: false });
    expect(lines).not.toContain('Hello');
    expect(
      await failureOf(doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody: never, signal: stop.signal })),
    ).toMatchObject({ bodyBegun: false });
  });
});

describe('a mail whose fate nobody knows', () => {
  test.each([
    ['the connection ends after the dot', usual({ '.': hangUp })],
    ['the last answer never comes', usual({ '.': () => null })],
  ])('because %s has begun its body', async (_name, answer) => {
    const { port } = await scripted(answer);
    expect(
      await failureOf(doorFor(SHORT).send(account(port), ENVELOPE, LETTER, { beforeBody: quietly })),
    ).toMatchObject({ permanent: false, bodyBegun: true, serverText: null });
  });

  test('is let come to its end when the product stops meanwhile', async () => {
    const stop = new AbortController();
    const { port } = await scripted(
      usual({
        '.': (socket) => {
          stop.abort();
          setTimeout(() => socket.write('250 taken after all\r\n'), 50);
          return null;
        },
      }),
    );
    expect(
      (await doorFor().send(account(port), ENVELOPE, LETTER, { beforeBody: quietly, signal: stop.signal })).response,
    ).toBe('250 taken after all');
  });
});
