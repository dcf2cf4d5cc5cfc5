import { createServer } from 'node:net';

/** A server that stands for the whole internet: whoever connects to it has told somebody something. */
export interface Canary {
  /** What makes a browser take it for every host but this machine. */
  readonly browserArgs: readonly string[];
  /** Every connection, once it has ended, in words. */
  readonly asked: string[];
  stop(): Promise<void>;
}

/** Browsers call home on their own account; letters name hosts of this ending alone. */
const BY_A_LETTER = /\.example\b/;
const WITHOUT_WORDS = 'a connection without words';

/** Hears connections, not requests: looking up and connecting ahead leave a trace too, whatever the browser reports. */
export async function startCanary(): Promise<Canary> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    let said = '';
    socket.on('data', (bytes) => {
      said += bytes.toString('latin1');
      socket.end('HTTP/1.1 204 No Content\r\nConnection: close\r\nAccess-Control-Allow-Origin: *\r\n\r\n');
    });
    socket.on('close', () => {
      const what = inWords(said);
      if (BY_A_LETTER.test(what) || what === WITHOUT_WORDS) asked.push(what);
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  return {
    browserArgs: [`--host-resolver-rules=MAP * 127.0.0.1:${port}, EXCLUDE localhost`],
    asked,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The request line and its host, or the host that an encrypted greeting names. */
function inWords(said: string): string {
  if (said === '') return WITHOUT_WORDS;
  return said.startsWith('\x16')
    ? `TLS to ${hostIn(said)}`
    : `${said.split('\r\n', 1)[0]} of ${/\r\nhost: (\S+)/i.exec(said)?.[1]}`;
}

function hostIn(greeting: string): string {
  return /(?:[a-z0-9-]+\.)+[a-z]{3,}/.exec(greeting)?.[0] ?? 'a host';
}
