import { In, IsNull } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { AddressState } from './address-state.entity.ts';

const MAX_REASON = 500;
/** More addresses than this are asked for in several questions. */
const AT_ONCE = 500;

/** A row that says nothing yet. */
export function blankAddressState(address: string): AddressState {
  return Object.assign(new AddressState(), {
    address,
    undeliverableAt: null,
    undeliverableReason: null,
    hardBounces: 0,
    hardBouncedAt: null,
    softBounces: 0,
    countedMailId: null,
    optedOutAt: null,
  } satisfies AddressState);
}

/** What is known of these normalised addresses, by address; those of which nothing is known are missing. */
export async function findAddressStates(
  ctx: Pick<Context, 'db'>,
  addresses: readonly string[],
): Promise<Map<string, AddressState>> {
  const states = new Map<string, AddressState>();
  for (let at = 0; at < addresses.length; at += AT_ONCE) {
    const rows = await ctx.db.findBy(AddressState, { address: In(addresses.slice(at, at + AT_ONCE)) });
    for (const row of rows) states.set(row.address, row);
  }
  return states;
}

/** Sends no automatic mail there from now on, in the caller's transaction. The first time and its reason stay. */
export async function markUndeliverable(ctx: Context, address: string, reason: string): Promise<void> {
  const state = (await findAddressStates(ctx, [address])).get(address) ?? blankAddressState(address);
  if (state.undeliverableAt) return;
  await ctx.db.save(AddressState, {
    ...state,
    undeliverableAt: ctx.clock.now(),
    undeliverableReason: reason.slice(0, MAX_REASON),
  });
}

/** Sends no mass mail there from now on, in the caller's transaction. The first time stays. Two who say it at once are both heard. */
export async function optOut(ctx: Context, address: string): Promise<void> {
  const insert = ctx.db.createQueryBuilder().insert().into(AddressState).values(blankAddressState(address));
  await insert.orIgnore().updateEntity(false).execute();
  await ctx.db.update(AddressState, { address, optedOutAt: IsNull() }, { optedOutAt: ctx.clock.now() });
}

/** Mail reaches the address after all, in the caller's transaction: its counts begin anew; a wish for no mass mail stays. */
export async function clearUndeliverable(ctx: Context, address: string): Promise<void> {
  await ctx.db.update(
    AddressState,
    { address },
    { undeliverableAt: null, undeliverableReason: null, hardBounces: 0, hardBouncedAt: null, softBounces: 0 },
  );
}
