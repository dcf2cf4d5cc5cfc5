import { afterEach } from 'vitest';
import { openPop3, type Pop3Error, type Pop3Options, type Pop3Session } from '../src/index.ts';
import { TEST_CA } from './certificates.ts';
import type { FakePop3Options } from './fake-options.ts';
import { type FakePop3, startFakePop3 } from './fake-server.ts';

const running: { stop(): Promise<void> }[] = [];
const sessions: Pop3Session[] = [];

afterEach(async () => {
  for (const session of sessions.splice(0)) session.destroy();
  for (const server of running.splice(0)) await server.stop();
});

/** A server that is stopped after the test. */
export async function serve(options: FakePop3Options = {}): Promise<FakePop3> {
  const server = await startFakePop3(options);
  running.push(server);
  return server;
}

/** Opens a session that is dropped after the test. Encryption and trust fit the server unless told otherwise. */
export async function open(server: FakePop3, options: Partial<Pop3Options> = {}): Promise<Pop3Session> {
  const session = await openPop3({
    host: 'localhost',
    addresses: [server.host],
    port: server.port,
    security: server.options.security,
    user: 'user',
    password: 'secret',
    tls: { ca: TEST_CA },
    ...options,
  });
  sessions.push(session);
  return session;
}

/** The error that `work` ends with. */
export async function failureOf(work: Promise<unknown>): Promise<Pop3Error> {
  try {
    await work;
  } catch (error) {
    return error as Pop3Error;
  }
  throw new Error('expected a failure');
}

export const LETTER = 'Subject: one\r\n\r\nHello\r\n.dot\r\n..two\r\n.\r\nend\r\n';
