import type { Socket } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail that the sink has taken. */
export interface SunkMail {
  readonly from: string;
  readonly to: string[];
  readonly raw: string;
  /** Headers by lower-case name, unfolded; the first of a name. */
  readonly headers: ReadonlyMap<string, string>;
}

/** A mail server that takes everything, or refuses as told. */
export interface SmtpSink {
  readonly port: number;
  readonly mails: SunkMail[];
  /** Set to refuse recipients with this code and text. */
  refusal: { code: number; text: string } | null;
  /** How long it thinks before it takes a mail. */
  delayMs: number;
  /** Cuts the connection after the last byte of a mail, and says nothing: the sender cannot know what became of it. */
  hangsUp: boolean;
  stop(): Promise<void>;
}

/** Starts it on this port; 0: a free one. */
export async function startSmtpSink(onPort = 0): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const sink = { refusal: null as SmtpSink['refusal'], delayMs: 0, hangsUp: false };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo(_address, _session, done) {
      if (sink.refusal) return done(Object.assign(new Error(sink.refusal.text), { responseCode: sink.refusal.code }));
      done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (sink.hangsUp) return cut(session.remotePort);
        const raw = Buffer.concat(chunks).toString('utf8');
        const from = session.envelope.mailFrom ? session.envelope.mailFrom.address : '';
        setTimeout(() => {
          mails.push({ from, to: session.envelope.rcptTo.map((rcpt) => rcpt.address), raw, headers: headersOf(raw) });
          done();
        }, sink.delayMs);
      });
    },
  });
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  /** Other mails that are under way at the same moment keep their connections. */
  function cut(remotePort: number): void {
    for (const socket of sockets) if (socket.remotePort === remotePort) socket.destroy();
  }
  // A client that is killed in the middle of a dialogue is the client's trouble.
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(onPort, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return Object.assign(sink, {
    port,
    mails,
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  });
}

function headersOf(raw: string): Map<string, string> {
  const head = raw.split(/\r?\n\r?\n/, 1)[0]!.replace(/\r?\n[ \t]+/g, ' ');
  const headers = new Map<string, string>();
  for (const line of head.split(/\r?\n/)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    if (!headers.has(name)) headers.set(name, line.slice(colon + 1).trim());
  }
  return headers;
}
