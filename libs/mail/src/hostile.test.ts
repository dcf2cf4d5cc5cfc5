import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { damagedLetters, type SlowLetter, slowBodies, slowHeaders, wildHtml } from '../testing/hostile-letters.ts';
import { parseMail, recoverMail } from './parse.ts';
import { rawMimePart } from './raw-part.ts';
import { newTextOf } from './reply-text.ts';
import { sanitizeMailHtml } from './safe-html.ts';

const FOLDER = join(import.meta.dirname, '../fixtures');
const RUNS = 5000;
/** CPU time of one letter, with room for a busy machine; `npm run fuzz` reads the same letters at their full size. */
const BUDGET_MS = 1500;
/** A sixteenth of what is shown at most, and what of it is measured for how its cost grows. */
const SHARE = 1 / 16;
const NOTABLE_MS = 50;

const letters = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.eml'))
  .map((name) => readFileSync(join(FOLDER, name)));

/** CPU milliseconds of reading a letter whole, as the product does. */
async function costOf(text: string): Promise<number> {
  const from = process.cpuUsage();
  const mail = await parseMail(Buffer.from(text));
  expect(mail.faults.map(({ code }) => code)).not.toContain('UNREADABLE');
  if (mail.html !== null) sanitizeMailHtml(mail.html);
  newTextOf(mail.text);
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1000;
}

describe('letters made to be slow', () => {
  const inBudget = async (slow: readonly SlowLetter[]) => {
    const over: string[] = [];
    for (const [name, text] of slow) {
      const ms = await costOf(text);
      if (ms > BUDGET_MS) over.push(`${name}: ${Math.round(ms)} ms`);
    }
    return over;
  };

  test('stay within the budget: more than 200 headers of full length', { timeout: 120_000 }, async () => {
    expect(slowHeaders().length).toBeGreaterThanOrEqual(200);
    expect(await inBudget(slowHeaders())).toEqual([]);
  });

  test('stay within the budget: bodies, and their cost grows with their length alone', {
    timeout: 120_000,
  }, async () => {
    const quarter = new Map(slowBodies(SHARE / 4));
    const over: string[] = [];
    for (const [name, text] of slowBodies(SHARE)) {
      const ms = await costOf(text);
      if (ms > BUDGET_MS) over.push(`${name}: ${Math.round(ms)} ms`);
      if (ms < NOTABLE_MS) continue;
      // Four times as long costs about four times as much; the square would be sixteen times.
      const isSteep = (large: number, small: number) => large > 9 * small + NOTABLE_MS;
      const small = Math.min(await costOf(quarter.get(name)!), await costOf(quarter.get(name)!));
      if (!isSteep(ms, small)) continue;
      // One reading may have paid for the memory of those before it; what is steep is so each time.
      const large = Math.min(ms, await costOf(text), await costOf(text));
      if (isSteep(large, small)) over.push(`${name}: ${Math.round(large)} ms, a quarter of it ${Math.round(small)} ms`);
    }
    expect(over).toEqual([]);
  });
});

describe('any bytes give a letter', () => {
  test('a letter that was damaged anywhere', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(damagedLetters(letters), async (bytes) => {
        const mail = await parseMail(bytes);
        expect(mail.faults.map(({ code }) => code)).not.toContain('UNREADABLE');
        expect(mail.sizeBytes).toBe(bytes.length);
        expect(`${mail.subject}${mail.text}${mail.from?.name}`).not.toMatch(/[\0\x01-\x08\p{Cs}]/u);
        expect(new Set(mail.attachments.map(({ name }) => name.toLowerCase())).size).toBe(mail.attachments.length);
      }),
      { numRuns: RUNS },
    );
  });

  test('noise', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
        const mail = await parseMail(Buffer.from(bytes));
        expect(mail.faults.map(({ code }) => code)).not.toContain('UNREADABLE');
        expect(recoverMail(Buffer.from(bytes)).text).toBe('');
      }),
      { numRuns: 1000 },
    );
  });
});

test('HTML that was made safe is safe already: making it safe again changes nothing', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(wildHtml(), (html) => {
      const once = sanitizeMailHtml(html).html;
      expect(sanitizeMailHtml(once).html).toBe(once);
    }),
    { numRuns: 2000 },
  );
});

test('the exact bytes of a signed part and of an encrypted payload are given', () => {
  const signed = readFileSync(join(FOLDER, 'pgp-mime-signed.eml'));
  expect(rawMimePart(signed, [0])?.entity.toString()).toBe('Content-Type: text/plain\r\n\r\nSigned words.\r\n');
  expect(rawMimePart(signed, [1])?.content.toString()).toContain('BEGIN PGP SIGNATURE');
  expect(rawMimePart(signed, [])?.entity).toEqual(signed);
  expect(rawMimePart(signed, [2])).toBeNull();
});
