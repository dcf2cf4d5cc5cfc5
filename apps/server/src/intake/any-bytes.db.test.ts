import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { damagedLetters } from '@support-center/mail/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { saveDesk, storeLetter } from '../../test/factories.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import { processBatch } from './process-mail.job.ts';
import { understandMail } from './understand-mail.ts';

const FIXTURES = join(import.meta.dirname, '../../../../libs/mail/fixtures');
const letters = readdirSync(FIXTURES)
  .filter((file) => file.endsWith('.eml'))
  .map((file) => readFileSync(join(FIXTURES, file)));
/** Letters for each database, whole ones, damaged ones and noise. */
const COUNT = 40;

describeEachDatabase(
  'any bytes',
  (world) => {
    test('end as a ticket, a follow-up, blocked or held; none is lost, none stays behind, none breaks the others', {
      timeout: 60_000,
    }, async () => {
      const ctx = world().ctx();
      await saveDesk(ctx);
      const samples = [
        ...letters.filter((_, n) => n % 4 === 0),
        ...fc.sample(damagedLetters(letters), COUNT),
        ...fc.sample(fc.uint8Array({ maxLength: 400 }), COUNT).map((bytes) => Buffer.from(bytes)),
      ];
      const stored = new Set<string>();
      for (const bytes of samples) stored.add((await storeLetter(ctx, bytes)).id);
      while ((await processBatch(ctx)) > 0);
      const ledger = await ctx.db.find(InboundMail);
      expect(ledger.map(({ id }) => id).sort()).toEqual([...stored].sort());
      for (const { fate, reason, ticketId } of ledger) {
        expect(['TICKETED', 'JOINED', 'BLOCKED', 'HELD']).toContain(fate);
        expect(reason).toBeTruthy();
        expect(ticketId !== null).toBe(fate === 'TICKETED' || fate === 'JOINED');
      }
      expect(world().log.lines.filter((line) => JSON.stringify(line).includes('could not be filed'))).toEqual([]);
    });
  },
  { handler: (task) => understandMail(task as never) },
);
