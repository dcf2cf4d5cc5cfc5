import { Brackets, IsNull, LessThan, Not } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { notFound } from '../platform/errors.ts';
import { emit } from '../platform/events.ts';
import type { OfferedKey } from './letter.ts';
import { RequesterKey } from './requester-key.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { ticketChanged } from './ticket.events.ts';
import { requireMayWork } from './ticket.policy.ts';

/** Offers that are kept for one address; the newest ones. Whoever forges a sender can add offers, and nothing else. */
export const MAX_OFFERS = 5;
const MAX_VERIFIED = 20;

/**
 * Keeps the keys that a letter brought as offers, in the caller's transaction. A key that is known stays as it is.
 * Returns the ids of their rows.
 */
export async function noteOfferedKeys(
  ctx: Context,
  address: string | null,
  keys: readonly OfferedKey[],
): Promise<string[]> {
  if (address === null || keys.length === 0) return [];
  const offeredAt = ctx.clock.now();
  const ids: string[] = [];
  for (const key of keys) {
    const known = await ctx.db.findOneBy(RequesterKey, { address, fingerprint: key.fingerprint });
    const id = known?.id ?? ctx.random.id(offeredAt);
    ids.push(id);
    if (known) await ctx.db.update(RequesterKey, { id }, { offeredAt });
    else
      await ctx.db.insert(RequesterKey, {
        id,
        address,
        ...factsOf(key),
        offeredAt,
        verifiedAt: null,
        verifiedById: null,
      });
  }
  const offers = await ctx.db.find(RequesterKey, {
    where: { address, verifiedAt: IsNull() },
    order: { offeredAt: 'DESC', id: 'DESC' },
    select: { id: true },
  });
  for (const { id } of offers.slice(MAX_OFFERS)) await ctx.db.delete(RequesterKey, { id });
  return ids;
}

function factsOf({ fingerprint, keyIds, userIds, createdAt, expiresAt, publicKey }: OfferedKey) {
  return { fingerprint, keyIds: [...keyIds], userIds: [...userIds], createdAt, expiresAt, publicKey };
}

/** The keys of an address: those that agents chose, newest first, then the offers. */
export async function keysOfAddress(ctx: Context, address: string | null): Promise<RequesterKey[]> {
  if (address === null) return [];
  const rows = await ctx.db.find(RequesterKey, { where: { address }, order: { offeredAt: 'DESC', id: 'DESC' } });
  return rows.sort((a, b) => (b.verifiedAt?.getTime() ?? 0) - (a.verifiedAt?.getTime() ?? 0));
}

/** The key that mail to an address is encrypted for: the one an agent chose last; null: none. */
export async function sealingKeyOf(ctx: Context, address: string | null): Promise<RequesterKey | null> {
  if (address === null) return null;
  return ctx.db.findOne(RequesterKey, {
    where: { address, verifiedAt: Not(IsNull()) },
    order: { verifiedAt: 'DESC', id: 'DESC' },
  });
}

/** Chosen keys that signatures are checked with: those of an address, and those that the key IDs name. */
export async function verifiedKeys(
  ctx: Context,
  { address, keyIds }: { address: string | null; keyIds: readonly string[] },
): Promise<RequesterKey[]> {
  const named = keyIds.filter((id) => /^[0-9A-F]{16}$/.test(id)).map((id) => `%"${id}"%`);
  if (address === null && named.length === 0) return [];
  return ctx.db
    .createQueryBuilder(RequesterKey, 'k')
    .where('k.verifiedAt IS NOT NULL')
    .andWhere(
      new Brackets((either) => {
        either.where('k.address = :address', { address });
        for (const [i, like] of named.entries()) either.orWhere(`k.keyIds LIKE :id${i}`, { [`id${i}`]: like });
      }),
    )
    .orderBy('k.verifiedAt', 'DESC')
    .take(MAX_VERIFIED)
    .getMany();
}

/**
 * An agent's choice to trust a key that was offered, after comparing its fingerprint. Twice is harmless.
 * @throws AppError NOT_FOUND, FORBIDDEN
 */
export async function useRequesterKey(ctx: Context, id: string): Promise<RequesterKey> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const key = await ctx.db.findOneBy(RequesterKey, { id });
    if (!key) throw notFound('key');
    const verifiedById = ctx.actor.kind === 'agent' ? ctx.actor.agentId : null;
    Object.assign(key, { verifiedAt: ctx.clock.now(), verifiedById });
    await ctx.db.save(RequesterKey, key);
    await tellTickets(ctx, key.address);
    return key;
  });
}

/** Forgets a key: mail to its address goes in the clear again. Twice is harmless. @throws AppError FORBIDDEN */
export async function forgetRequesterKey(ctx: Context, id: string): Promise<boolean> {
  requireMayWork(ctx.actor);
  return transact(ctx, async (ctx) => {
    const key = await ctx.db.findOneBy(RequesterKey, { id });
    if (!key) return true;
    await ctx.db.delete(RequesterKey, { id });
    await tellTickets(ctx, key.address);
    return true;
  });
}

const MAX_TOLD = 20;

/** Open pages of the requester's tickets show the change at once. */
async function tellTickets(ctx: Context, requesterEmail: string): Promise<void> {
  const tickets = await ctx.db.find(Ticket, {
    where: { requesterEmail },
    select: { id: true },
    order: { lastActivityAt: 'DESC' },
    take: MAX_TOLD,
  });
  for (const { id } of tickets) await emit(ctx, ticketChanged({ ticketId: id }));
}

/** Offers that no agent chose within this time are forgotten. */
const KEEP_OFFERS_MS = 180 * 86_400_000;

/** Removes old offers. */
export async function sweepOfferedKeys(ctx: Context): Promise<void> {
  const offeredAt = LessThan(new Date(ctx.clock.now().getTime() - KEEP_OFFERS_MS));
  await transact(ctx, (ctx) => ctx.db.delete(RequesterKey, { verifiedAt: IsNull(), offeredAt }));
}
