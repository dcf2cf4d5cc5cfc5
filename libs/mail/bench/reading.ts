import { Readable } from 'node:stream';
import { MailParser } from 'mailparser';
import { parseMail } from '../src/index.ts';

/** CPU per letter of our reading beside that of a known MIME parser, and the memory that a large attachment costs. */
const ROUNDS = 300;
const head =
  'From: Ada <ada@example.com>\r\nTo: help@desk.example\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nDate: Tue, 24 Nov 2026 08:37:28 +0100\r\n';
const words = 'Grüße aus Köln, der Drucker brennt schon wieder.\r\n'.repeat(90);
const small = Buffer.from(
  `${head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${words}`,
);
const rich = Buffer.from(
  `${head}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${words}--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>${words}</p>--b--\r\n`,
);
const attachment = Buffer.alloc(10 * 1024 * 1024, 7)
  .toString('base64')
  .replace(/.{76}/g, '$&\r\n');
const large = Buffer.from(
  `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${attachment}\r\n--b--\r\n`,
);

async function withMailparser(bytes: Buffer): Promise<void> {
  const parser = new MailParser({ skipHtmlToText: true, skipTextToHtml: true, skipImageLinks: true });
  const done = new Promise<void>((resolve, reject) => parser.once('end', resolve).once('error', reject));
  parser.on('data', (data) => {
    if (data.type !== 'attachment') return;
    data.content.resume();
    data.content.once('end', () => data.release?.());
  });
  Readable.from([bytes]).pipe(parser);
  await done;
}

async function medianCpuMs(rounds: number, work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < rounds; i += 1) {
    const from = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(from);
    times.push((user + system) / 1000);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

for (const [name, bytes, rounds] of [
  ['5 KB text', small, ROUNDS],
  ['10 KB text and HTML', rich, ROUNDS],
  ['10 MB attachment', large, 5],
] as const) {
  const ours = await medianCpuMs(rounds, () => parseMail(bytes));
  const theirs = await medianCpuMs(rounds, () => withMailparser(bytes));
  console.log(`${name}: ours ${ours.toFixed(2)} ms, mailparser ${theirs.toFixed(2)} ms`);
}
const before = process.memoryUsage().rss;
const mail = await parseMail(large);
const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
console.log(`10 MB attachment: ${grown.toFixed(0)} MiB more memory, ${mail.attachments[0]?.sizeBytes} bytes read`);
