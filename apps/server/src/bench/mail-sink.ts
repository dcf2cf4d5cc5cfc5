import { createServer, type Socket } from 'node:net';
import { listenOnLoopback } from '../demo/loopback.ts';

/** What the sink is told over the channel to its parent: nothing but a wish for its figures, which it answers. */
export interface SinkFigures {
  readonly port: number;
  /** Mails taken. */
  readonly taken: number;
  /** Recipients that got more than one. */
  readonly doubled: number;
}

const END = '\r\n.\r\n';
const copies = new Map<string, number>();

/** Speaks just enough SMTP to take mail, and throws it away: a process of its own, so that it holds up nobody who measures. */
function serve(socket: Socket): void {
  let text = '';
  let inBody = false;
  let recipients: string[] = [];
  const answer = (line: string) => {
    if (inBody) return '';
    const [, verb = '', rest = ''] = /^([A-Za-z]+)\s*(.*)$/.exec(line) ?? [];
    switch (verb.toUpperCase()) {
      case 'EHLO':
        return '250-sink\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 SIZE 104857600\r\n';
      case 'RCPT':
        recipients.push(/<([^>]*)>/.exec(rest)?.[1] ?? rest);
        return '250 ok\r\n';
      case 'DATA':
        inBody = true;
        return '354 go on\r\n';
      case 'RSET':
        recipients = [];
        return '250 ok\r\n';
      case 'QUIT':
        return '221 bye\r\n';
      default:
        return '250 ok\r\n';
    }
  };
  socket.setNoDelay();
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    text += chunk.toString('latin1');
    let words = '';
    for (;;) {
      const end = text.indexOf(inBody ? END : '\r\n');
      if (end === -1) break;
      const line = text.slice(0, end);
      text = text.slice(end + (inBody ? END.length : 2));
      if (inBody) {
        inBody = false;
        for (const each of recipients) copies.set(each, (copies.get(each) ?? 0) + 1);
        recipients = [];
        words += '250 taken\r\n';
      } else words += answer(line);
    }
    if (words) socket.write(words);
    if (words.endsWith('221 bye\r\n')) socket.end();
  });
  socket.write('220 sink\r\n');
}

const port = await listenOnLoopback(createServer(serve), 0);
process.on('message', () => {
  const doubled = [...copies.values()].filter((count) => count > 1).length;
  process.send!({ port, taken: copies.size, doubled } satisfies SinkFigures);
});
process.on('disconnect', () => process.exit(0));
process.send!({ port, taken: 0, doubled: 0 } satisfies SinkFigures);
