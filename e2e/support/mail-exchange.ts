import { SMTPServer } from 'smtp-server';

/** What the exchange does to a letter on its way; gives back the letter as it is delivered. */
export type OnTheWay = (letter: string) => string;

/** A mail system between help desks: takes letters by SMTP and puts each into the mailbox of its recipient. */
export interface MailExchange {
  readonly port: number;
  /** Every letter that was taken, as it came, in order. */
  readonly taken: { readonly to: string; readonly raw: string }[];
  /** Letters to this address are delivered there from now on. */
  route(address: string, deliver: (letter: string) => void): void;
  /** Changes letters on their way from now on. */
  alter(onTheWay: OnTheWay): void;
  stop(): Promise<void>;
}

/** Starts a mail exchange on loopback. A letter to an unknown address is refused. */
export async function startMailExchange(): Promise<MailExchange> {
  const boxes = new Map<string, (letter: string) => void>();
  const taken: { to: string; raw: string }[] = [];
  let change: OnTheWay = (letter) => letter;
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo({ address }, _session, done) {
      done(boxes.has(address) ? undefined : Object.assign(new Error('no such user'), { responseCode: 550 }));
    },
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks).toString('utf8');
        for (const { address } of envelope.rcptTo) {
          taken.push({ to: address, raw });
          boxes.get(address)!(change(raw));
        }
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as { port: number };
  return {
    port,
    taken,
    route: (address, deliver) => void boxes.set(address, deliver),
    alter: (onTheWay) => {
      change = onTheWay;
    },
    stop: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
}

/** Takes headers out of a letter, continuation lines with them. */
export function withoutHeaders(letter: string, isUnwanted: (name: string) => boolean): string {
  const end = letter.indexOf('\r\n\r\n');
  const fields = letter.slice(0, end).split(/\r\n(?![ \t])/);
  const kept = fields.filter((field) => !isUnwanted(field.slice(0, field.indexOf(':')).toLowerCase()));
  return kept.join('\r\n') + letter.slice(end);
}
