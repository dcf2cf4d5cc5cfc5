import { normalizeSubject, sameSubject } from '@support-center/mail';
import { Brackets } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { escapeLike } from '../platform/database.ts';
import { Ticket } from '../tickets/ticket.entity.ts';

const MAX_CANDIDATES = 20;
const CUT_SUBJECT_CHARACTERS = 60;

/** Tickets with this subject that were alive after `since`; those of the sender first, since only so many are looked at. */
export async function findBySubject(
  ctx: Context,
  subject: string,
  { mailboxId, sender, since }: { mailboxId: string; sender: string | null; since: Date },
): Promise<string[]> {
  const { key } = normalizeSubject(subject);
  if (key === '') return [];
  const start = key.length >= CUT_SUBJECT_CHARACTERS ? `${escapeLike(key.slice(0, CUT_SUBJECT_CHARACTERS))}%` : null;
  const query = (own: boolean) => {
    const q = ctx.db
      .createQueryBuilder(Ticket, 't')
      .select(['t.id', 't.subjectKey'])
      .where('t.mailboxId = :mailboxId AND t.lastActivityAt > :since', { mailboxId, since })
      .andWhere(
        new Brackets((either) => {
          either.where('t.subjectKey = :key', { key });
          if (start) either.orWhere("t.subjectKey LIKE :start ESCAPE '!'", { start });
        }),
      )
      .orderBy('t.lastActivityAt', 'DESC')
      .take(MAX_CANDIDATES);
    return own ? q.andWhere('t.requesterEmail = :sender', { sender }) : q;
  };
  const rows = [...(sender ? await query(true).getMany() : []), ...(await query(false).getMany())];
  return [...new Set(rows.filter((row) => sameSubject(row.subjectKey, key)).map((row) => row.id))];
}
