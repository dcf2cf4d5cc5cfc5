import { letterWords, longestLetter } from '@support-center/suggest';
import type { Context } from '../platform/context.ts';
import { Message } from './message.entity.ts';

/** The new words of a ticket's letters as far as a search looks at them; of an agent's own first mail where none came in. */
export interface TicketLetters {
  readonly first: string;
  /** Empty where the first letter is the only one. */
  readonly newest: string;
}

/** Reads the first and the newest letter of a ticket, no more of them than 20,000 characters. */
export async function readTicketLetters(ctx: Context, ticketId: string): Promise<TicketLetters> {
  const edge = async (order: 'ASC' | 'DESC') =>
    ctx.db
      .createQueryBuilder(Message, 'm')
      .select('m.id', 'id')
      .addSelect(`SUBSTR(m.newText, 1, ${longestLetter})`, 'words')
      .where('m.ticketId = :ticketId AND m.kind = :kind', { ticketId, kind: 'INBOUND' })
      .orderBy('m.createdAt', order)
      .addOrderBy('m.id', order)
      .limit(1)
      .getRawOne<{ id: string; words: string }>();
  const [first, newest] = [await edge('ASC'), await edge('DESC')];
  return { first: first?.words ?? '', newest: newest && newest.id !== first?.id ? newest.words : '' };
}

/** Both letters as one text to search with: what was written last comes first, greetings and signatures are gone. Pure. */
export function wordsToSearch({ first, newest }: TicketLetters): string {
  return [newest, first]
    .filter((text) => text !== '')
    .map(letterWords)
    .join('\n')
    .slice(0, longestLetter);
}
