import { type AddressInfo, createServer, type Socket } from 'node:net';

/** What the server does at one step: say a line, say nothing for ever, hang up, or say a line and cut the connection. */
export type Step = string | 'HANG' | 'CLOSE' | { readonly say: string; readonly next: 'RESET' | 'CLOSE' };

/** One session's rules; a step left out is answered as a friendly server does. */
export interface Script {
  greeting?: Step;
  ehlo?: Step;
  mail?: Step;
  rcpt?: (address: string) => Step;
  data?: Step;
  /** After the final dot: whether the server keeps the mail, and what it does then. */
  dot?: { readonly accept: boolean; readonly step: Step };
  rset?: Step;
}

/** One copy that the server took responsibility for. */
export interface LedgerEntry {
  readonly messageId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly connection: number;
  readonly source: string;
}

export interface ScriptedSmtp {
  readonly port: number;
  /** Every copy that was accepted, whether or not the client heard of it. */
  readonly ledger: LedgerEntry[];
  /** Every command that came, without the bodies. */
  readonly commands: string[];
  connections(): number;
  /** The rules for sessions and steps from now on. */
  play(script: Script): void;
  /** Cuts every connection that is open. */
  cut(): void;
  close(): Promise<void>;
}

interface Session {
  readonly number: number;
  from: string;
  to: string[];
  body: string | null;
}

/** A mail server on a free port that plays the script, with a ledger of what it accepted. */
export async function scriptedSmtp(first: Script = {}): Promise<ScriptedSmtp> {
  let script = first;
  let count = 0;
  const ledger: LedgerEntry[] = [];
  const commands: string[] = [];
  const sockets = new Set<Socket>();

  const server = createServer((socket) => {
    const session: Session = { number: ++count, from: '', to: [], body: null };
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    act(socket, script.greeting ?? '220 scripted');
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('latin1')).split('\r\n');
      rest = lines.pop()!;
      for (const line of lines) if (!socket.destroyed) act(socket, answer(session, line));
    });
  });

  function answer(session: Session, line: string): Step | null {
    if (session.body !== null) return answerBody(session, line);
    commands.push(line);
    const address = /<(.*)>/.exec(line)?.[1] ?? '';
    switch (line.slice(0, 4).toUpperCase()) {
      case 'EHLO':
        return script.ehlo ?? '250 scripted';
      case 'MAIL':
        Object.assign(session, { from: address, to: [] });
        return script.mail ?? '250 ok';
      case 'RCPT': {
        const step = script.rcpt?.(address) ?? '250 ok';
        if (typeof step === 'string' && step.startsWith('2')) session.to.push(address);
        return step;
      }
      case 'DATA': {
        const step = session.to.length === 0 ? '503 no recipients' : (script.data ?? '354 go on');
        if (step === '354 go on') session.body = '';
        return step;
      }
      case 'RSET':
        return script.rset ?? '250 ok';
      case 'QUIT':
        return { say: '221 bye', next: 'CLOSE' };
      default:
        return '502 unknown';
    }
  }

  function answerBody(session: Session, line: string): Step | null {
    if (line !== '.') {
      session.body += `${line}\r\n`;
      return null;
    }
    const source = session.body!;
    session.body = null;
    const { accept, step } = script.dot ?? { accept: true, step: '250 taken' };
    if (accept) {
      const messageId = /^Message-ID: *(.*)\r$/im.exec(source)?.[1] ?? '';
      ledger.push({ messageId, from: session.from, to: [...session.to], connection: session.number, source });
    }
    return step;
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    ledger,
    commands,
    connections: () => count,
    play(next) {
      script = next;
    },
    cut() {
      for (const socket of sockets) socket.destroy();
    },
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function act(socket: Socket, step: Step | null): void {
  if (step === null || step === 'HANG') return;
  if (step === 'CLOSE') {
    socket.destroy();
    return;
  }
  if (typeof step === 'string') {
    socket.write(`${step}\r\n`);
    return;
  }
  socket.write(`${step.say}\r\n`, () => (step.next === 'RESET' ? socket.resetAndDestroy() : socket.end()));
}
