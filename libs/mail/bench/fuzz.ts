import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { classifyAutoMail, newTextOf, normalizeSubject, parseMail, sanitizeMailHtml } from '../src/index.ts';
import { damagedLetters, type SlowLetter, slowBodies, slowHeaders, wildHtml } from '../testing/hostile-letters.ts';

// npm run fuzz [-- COUNT [SEED]]: damaged letters and letters made to be slow, many and at full size. Ends with 1 on any find.
const FIXTURES = fileURLToPath(new URL('../../../fixtures/', import.meta.url));
/** CPU time that one letter may take; the product ends a reading after 15 s. */
const BUDGET_MS = 4000;
/** A letter that is not read within so long hangs. */
const HANGS_MS = 60_000;
const nobody = {
  messageIdIsOurs: () => false,
  messageIdIsAutomatic: () => false,
  mailboxAddresses: [],
  xLoopValue: '',
};

interface Task {
  readonly count: number;
  readonly seed: number;
  /** Counts the readings begun, for the watch outside. */
  readonly begun: Int32Array;
}

/** Everything the product does with the bytes of a letter, in the order in which it does it. @throws for any find */
async function readWhole(bytes: Buffer, { begun }: Task): Promise<number> {
  Atomics.add(begun, 0, 1);
  const from = process.cpuUsage();
  const mail = await parseMail(bytes);
  const broken = mail.faults.find(({ code }) => code === 'UNREADABLE');
  if (broken) throw new Error(broken.message);
  if (mail.sizeBytes !== bytes.length) throw new Error('bytes were lost');
  if (mail.html !== null) sanitizeMailHtml(mail.html);
  newTextOf(mail.text);
  normalizeSubject(mail.subject ?? '');
  classifyAutoMail(mail, nobody);
  const { user, system } = process.cpuUsage(from);
  const ms = (user + system) / 1000;
  if (ms > BUDGET_MS) throw new Error(`it took ${Math.round(ms)} ms`);
  return ms;
}

async function readSlow(name: string, letters: readonly SlowLetter[], task: Task): Promise<void> {
  const times: [number, string][] = [];
  for (const [what, text] of letters) times.push([await readWhole(Buffer.from(text), task), what]);
  const slowest = times.sort(([a], [b]) => b - a).slice(0, 3);
  console.log(`${letters.length} ${name}: all within ${BUDGET_MS} ms of CPU; the slowest:`);
  for (const [ms, what] of slowest) console.log(`  ${ms.toFixed(0)} ms  ${what}`);
}

async function work(task: Task): Promise<void> {
  const { count, seed } = task;
  const letters = readdirSync(FIXTURES)
    .filter((file) => file.endsWith('.eml'))
    .map((file) => readFileSync(`${FIXTURES}${file}`));
  await readSlow('letters with a hostile header of full length', slowHeaders(), task);
  await readSlow('letters with a hostile body of full length', slowBodies(1), task);
  const read = fc.asyncProperty(damagedLetters(letters), async (bytes) => void (await readWhole(bytes, task)));
  await fc.assert(read, { numRuns: count, seed });
  console.log(`${count} damaged letters, made of ${letters.length}: each gives a letter`);
  const noise = fc.asyncProperty(fc.uint8Array({ maxLength: 4000 }), async (bytes) => {
    await readWhole(Buffer.from(bytes), task);
  });
  await fc.assert(noise, { numRuns: count / 5, seed });
  console.log(`${count / 5} letters of noise: each gives a letter`);
  const safe = fc.property(wildHtml(), (html) => {
    const once = sanitizeMailHtml(html).html;
    if (sanitizeMailHtml(once).html !== once) throw new Error('made safe again, it is another');
  });
  fc.assert(safe, { numRuns: count / 5, seed });
  console.log(`${count / 5} pieces of wild HTML: made safe twice as once`);
}

/** Runs the work in a thread, so that a letter on which it hangs is found and told. */
function watch(): void {
  const count = Number(process.argv[2] ?? 100_000);
  const seed = Number(process.argv[3] ?? Date.now() & 0x7fffffff);
  const begun = new Int32Array(new SharedArrayBuffer(4));
  console.log(`seed ${seed}; the same letters again: npm run fuzz -- ${count} ${seed}`);
  const startedAt = Date.now();
  const worker = new Worker(new URL(import.meta.url), { workerData: { count, seed, begun } satisfies Task });
  let last = { readings: -1, at: startedAt };
  const timer = setInterval(() => {
    const readings = Atomics.load(begun, 0);
    if (readings !== last.readings) last = { readings, at: Date.now() };
    else if (Date.now() - last.at > HANGS_MS) {
      console.error(`reading number ${readings} hangs (seed ${seed})`);
      process.exit(1);
    }
  }, 1000);
  worker.once('error', (error) => {
    console.error(error);
    process.exitCode = 1;
  });
  worker.once('exit', () => {
    clearInterval(timer);
    const seconds = Math.round((Date.now() - startedAt) / 1000);
    console.log(`${Atomics.load(begun, 0)} readings in ${seconds} s; ${process.exitCode ? 'FAILED' : 'nothing found'}`);
  });
}

if (isMainThread) watch();
else await work(workerData as Task);
