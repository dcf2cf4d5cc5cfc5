import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { MailParser } from 'mailparser';
import { classifyAutoMail, newTextOf, normalizeSubject, parseMail, sanitizeMailHtml } from '../src/index.ts';

// npm run bench:mail. CPU per letter of our whole reading beside the parsing of a known MIME parser, and the memory that a
// large attachment costs. Ends with 1 when a limit is passed.
const ROUNDS = 300;
const MOST_MORE_CPU_MS = 5;
const MOST_MORE_MIB = 100;

const head =
  'From: Ada <ada@example.com>\r\nTo: help@desk.example\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nDate: Tue, 24 Nov 2026 08:37:28 +0100\r\n';
const words = 'Grüße aus Köln, der Drucker brennt schon wieder.\r\n'.repeat(90);
const small = Buffer.from(
  `${head}Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${words}`,
);
const rich = Buffer.from(
  `${head}Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n${words.slice(0, 2500)}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>${words.slice(0, 2500)}</p>--b--\r\n`,
);

function withAttachment(mebibytes: number): Buffer {
  const content = Buffer.alloc(mebibytes * 1024 * 1024, 7)
    .toString('base64')
    .replace(/.{76}/g, '$&\r\n');
  return Buffer.from(
    `${head}Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nhi\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n${content}\r\n--b--\r\n`,
  );
}

/** All that the product does with a letter's bytes before anything is looked up. */
async function readWhole(bytes: Buffer): Promise<void> {
  const mail = await parseMail(bytes);
  if (mail.html !== null) sanitizeMailHtml(mail.html);
  newTextOf(mail.text);
  normalizeSubject(mail.subject ?? '');
  classifyAutoMail(mail, {
    messageIdIsOurs: () => false,
    messageIdIsAutomatic: () => false,
    mailboxAddresses: [],
    xLoopValue: '',
  });
}

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

/** In a process of its own: by how much its memory grew at the highest, from before the letter's bytes were there to its end. */
function peakMiB(mebibytes: number): number {
  const folder = mkdtempSync(join(tmpdir(), 'reading-'));
  try {
    writeFileSync(join(folder, 'letter.eml'), withAttachment(mebibytes));
    const program = fileURLToPath(import.meta.url);
    return Number(execFileSync(process.execPath, [program, join(folder, 'letter.eml')], { encoding: 'utf8' }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const file = process.argv[2];
if (file !== undefined) {
  await readWhole(rich);
  const before = process.resourceUsage().maxRSS;
  await readWhole(readFileSync(file));
  console.log(((process.resourceUsage().maxRSS - before) / 1024).toFixed(1));
} else {
  let isWithin = true;
  for (const [name, bytes] of [
    ['5 KB text', small],
    ['5 KB text and HTML', rich],
  ] as const) {
    const [ours, theirs] = [
      await medianCpuMs(ROUNDS, () => readWhole(bytes)),
      await medianCpuMs(ROUNDS, () => withMailparser(bytes)),
    ];
    const more = ours - theirs;
    isWithin &&= more <= MOST_MORE_CPU_MS;
    console.log(
      `${name} (${bytes.length} bytes): ours, whole ${ours.toFixed(2)} ms; mailparser, parsing alone ${theirs.toFixed(2)} ms; ${more.toFixed(2)} ms more (at most ${MOST_MORE_CPU_MS})`,
    );
  }
  const grown = peakMiB(10);
  isWithin &&= grown < MOST_MORE_MIB;
  console.log(`10 MB attachment: ${grown.toFixed(0)} MiB more memory at the peak (less than ${MOST_MORE_MIB})`);
  process.exitCode = isWithin ? 0 : 1;
}
