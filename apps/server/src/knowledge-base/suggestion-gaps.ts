import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import type { SuggestionGapGroup } from './suggestion.types.ts';
import { SuggestionGap } from './suggestion-gap.entity.ts';
import { dayOf } from './suggestion-uses.ts';

const MOST_READ = 500;
const MOST_GROUPS = 20;
const MOST_NUMBERS = 10;
/** Two questions are one when they have half of their words in common. */
const ALIKE = 0.5;
const PREFIX = /^(?:\s*(?:re|fwd?|aw|wg|tr|rv)\s*:)+/i;

/**
 * Notes that no article was good enough for a ticket, or that one is by now. `isThere` says, in the same transaction,
 * whether the ticket still stands: of a deleted one nothing is noted.
 */
export async function noteGap(
  ctx: Context,
  ticket: { readonly id: string; readonly number: number; readonly subject: string },
  isGap: boolean,
  isThere: (ctx: Context) => Promise<boolean>,
): Promise<void> {
  if ((await ctx.db.existsBy(SuggestionGap, { ticketId: ticket.id })) === isGap) return;
  await transact(ctx, async (ctx) => {
    if (!isGap) return void (await ctx.db.delete(SuggestionGap, { ticketId: ticket.id }));
    if (!(await isThere(ctx))) return;
    const createdAt = ctx.clock.now();
    const { id: ticketId, number: ticketNumber, subject } = ticket;
    const row = { ticketId, ticketNumber, subject, day: dayOf(createdAt), createdAt };
    await ctx.db.createQueryBuilder().insert().into(SuggestionGap).values(row).orIgnore().updateEntity(false).execute();
  });
}

/** The questions since a day that no article answers, those with like subjects together, most frequent first. */
export async function groupGaps(ctx: Context, sinceDay: string): Promise<SuggestionGapGroup[]> {
  const rows = await ctx.db
    .createQueryBuilder(SuggestionGap, 'g')
    .where('g.day >= :sinceDay', { sinceDay })
    .orderBy('g.createdAt', 'DESC')
    .addOrderBy('g.ticketId', 'DESC')
    .limit(MOST_READ)
    .getMany();
  const groups: (SuggestionGapGroup & { words: Set<string> })[] = [];
  for (const { subject, ticketNumber, createdAt } of rows) {
    const words = wordsOf(subject);
    const group = groups.find((one) => likeness(one.words, words) >= ALIKE);
    if (!group) {
      groups.push({ subject, count: 1, ticketNumbers: [ticketNumber], lastAt: createdAt, words });
      continue;
    }
    group.count++;
    if (group.ticketNumbers.length < MOST_NUMBERS) group.ticketNumbers.push(ticketNumber);
  }
  return groups.sort((a, b) => b.count - a.count || b.lastAt.getTime() - a.lastAt.getTime()).slice(0, MOST_GROUPS);
}

function wordsOf(subject: string): Set<string> {
  const words =
    subject
      .replace(PREFIX, '')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];
  const long = words.filter((word) => word.length > 2);
  return new Set(long.length > 0 ? long : words);
}

/** Shared words by all words (Jaccard); two subjects without words are alike. */
function likeness(a: Set<string>, b: Set<string>): number {
  if (a.size === 0 && b.size === 0) return 1;
  let shared = 0;
  for (const word of a) if (b.has(word)) shared++;
  return shared / (a.size + b.size - shared);
}
