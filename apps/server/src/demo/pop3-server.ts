import { createServer, type Socket } from 'node:net';
import { closeServer, listenOnLoopback, type RunningServer } from './loopback.ts';
import type { DroppedLetter, MailDrop } from './mail-drop.ts';

const MAX_LINE = 512;
const IDLE_MS = 600_000;
const CAPABILITIES = ['USER', 'UIDL', 'TOP', 'PIPELINING', 'RESP-CODES'];

/** Who may collect. */
export interface Pop3Account {
  readonly user: string;
  readonly password: string;
}

interface Session {
  readonly drop: MailDrop;
  readonly account: Pop3Account;
  readonly lock: { held: boolean };
  user: string | null;
  /** The letters as they were at the sign-in; null before it. */
  letters: readonly DroppedLetter[] | null;
  readonly deleted: Set<number>;
}

type Answer = string | { readonly status: string; readonly lines: Buffer };

/** A small POP3 server (RFC 1939) on loopback for one account; one session at a time, removal at QUIT alone. */
export async function startPop3Server(drop: MailDrop, account: Pop3Account, port: number): Promise<RunningServer> {
  const lock = { held: false };
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    const session: Session = { drop, account, lock, user: null, letters: null, deleted: new Set() };
    socket.setTimeout(IDLE_MS, () => socket.destroy());
    socket.on('close', () => {
      sockets.delete(socket);
      if (session.letters) lock.held = false;
    });
    talk(socket, session).catch(() => socket.destroy());
  });
  const opened = await listenOnLoopback(server, port);
  return { port: opened, stop: () => closeServer(server, () => [...sockets].map((socket) => socket.destroy())) };
}

async function talk(socket: Socket, session: Session): Promise<void> {
  await write(socket, '+OK demo mailbox\r\n');
  let rest = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    const lines = (rest + chunk.toString('latin1')).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const answer = line.length > MAX_LINE ? '-ERR the line is too long' : reply(session, line);
      await write(
        socket,
        typeof answer === 'string'
          ? `${answer}\r\n`
          : Buffer.concat([Buffer.from(`${answer.status}\r\n`), stuffed(answer.lines)]),
      );
      if (/^quit\b/i.test(line)) return void socket.end();
    }
    if (rest.length > MAX_LINE) return void socket.destroy();
  }
}

/** Resolves when the bytes are handed on, so that a slow reader holds the session back. */
function write(socket: Socket, bytes: string | Buffer): Promise<void> {
  return new Promise((resolve) => socket.write(bytes, () => resolve()));
}

function reply(session: Session, line: string): Answer {
  const [verb = '', ...words] = line.split(' ');
  const name = verb.toUpperCase();
  if (name === 'CAPA') return listing('+OK', CAPABILITIES);
  if (name === 'QUIT') return quit(session);
  if (session.letters) return inMailbox(session, session.letters, name, words);
  if (name === 'USER') {
    session.user = words.join(' ');
    return '+OK';
  }
  return name === 'PASS' ? signIn(session, words.join(' ')) : '-ERR sign in first';
}

function signIn(session: Session, password: string): Answer {
  const { account, lock } = session;
  if (session.user !== account.user || password !== account.password) return '-ERR [AUTH] wrong user or password';
  if (lock.held) return '-ERR [IN-USE] another session is open';
  lock.held = true;
  session.letters = session.drop.list();
  return '+OK';
}

function quit(session: Session): Answer {
  const uids = [...session.deleted].map((index) => session.letters![index]!.uid);
  session.drop.remove(new Set(uids));
  return '+OK';
}

function inMailbox(
  session: Session,
  letters: readonly DroppedLetter[],
  name: string,
  words: readonly string[],
): Answer {
  const present = letters.flatMap((letter, index) => (session.deleted.has(index) ? [] : [{ letter, index }]));
  if (name === 'STAT')
    return `+OK ${present.length} ${present.reduce((sum, { letter }) => sum + letter.bytes.length, 0)}`;
  if (name === 'NOOP') return '+OK';
  if (name === 'RSET') {
    session.deleted.clear();
    return '+OK';
  }
  if (!['LIST', 'UIDL', 'RETR', 'TOP', 'DELE'].includes(name)) return '-ERR unknown command';
  const fact = ({ letter, index }: { letter: DroppedLetter; index: number }) =>
    `${index + 1} ${name === 'UIDL' ? letter.uid : letter.bytes.length}`;
  const lists = name === 'LIST' || name === 'UIDL';
  if (lists && words.length === 0) return listing('+OK', present.map(fact));
  const found = present.find(({ index }) => String(index + 1) === words[0]);
  if (!found) return '-ERR no such letter';
  if (lists) return `+OK ${fact(found)}`;
  if (name === 'RETR') return { status: '+OK', lines: found.letter.bytes };
  if (name === 'TOP') return { status: '+OK', lines: top(found.letter.bytes, Number(words[1] ?? 0)) };
  session.deleted.add(found.index);
  return '+OK';
}

function listing(status: string, lines: readonly string[]): Answer {
  return { status, lines: Buffer.from(lines.map((line) => `${line}\r\n`).join('')) };
}

/** The headers, the empty line, and `count` lines of the body. */
function top(bytes: Buffer, count: number): Buffer {
  const [headers = '', ...body] = bytes.toString('latin1').split('\r\n\r\n');
  const lines = body.join('\r\n\r\n').split('\r\n').slice(0, count);
  return Buffer.from(`${headers}\r\n\r\n${lines.map((line) => `${line}\r\n`).join('')}`, 'latin1');
}

/** A dot that begins a line is doubled, and a line of one dot ends it all (RFC 1939, section 3). */
function stuffed(lines: Buffer): Buffer {
  const text = lines.toString('latin1').replace(/(^|\r\n)\./g, '$1..');
  return Buffer.from(`${text}${text === '' || text.endsWith('\r\n') ? '' : '\r\n'}.\r\n`, 'latin1');
}
