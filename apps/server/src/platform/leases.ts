import type { Services } from './context.ts';
import { systemContext } from './context.ts';
import { isUniqueViolation, transact } from './database.ts';
import { Lease } from './lease.entity.ts';

/**
 * Takes or renews a named lease for `forMs` by the database's clock. One conditional UPDATE decides; its count of
 * changed rows tells who won. A renewal is written only when half of the time is gone.
 */
export async function holdLease(services: Services, name: string, owner: string, forMs: number): Promise<boolean> {
  const ctx = systemContext(services);
  const now = services.database.nowMs;
  const row = await ctx.db
    .createQueryBuilder(Lease, 'l')
    .select(['l.owner AS owner', 'l.heldUntil AS heldUntil', `${now} AS now`])
    .where('l.name = :name', { name })
    .getRawOne<{ owner: string; heldUntil: string | number; now: string | number }>();
  if (row && row.owner === owner && Number(row.heldUntil) - Number(row.now) > forMs / 2) return true;
  if (row && row.owner !== owner && Number(row.heldUntil) > Number(row.now)) return false;
  return transact(ctx, async (ctx) => {
    if (!row) return insertLease(ctx.db, name, owner);
    const result = await ctx.db
      .createQueryBuilder()
      .update(Lease)
      .set({ owner, heldUntil: () => `${now} + ${Math.floor(forMs)}` })
      .where(`name = :name AND (owner = :owner OR heldUntil < ${now})`, { name, owner })
      .execute();
    return result.affected === 1;
  });
}

async function insertLease(db: import('typeorm').EntityManager, name: string, owner: string): Promise<boolean> {
  try {
    await db.insert(Lease, { name, owner, heldUntil: 0 });
    return false; // taken in earnest on the next turn, by the database's clock
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}
