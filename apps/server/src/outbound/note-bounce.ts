import { type BouncedRecipient, bounceEffect, normalizeAddress } from '@support-center/mail';
import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { emit } from '../platform/events.ts';
import { AddressState } from './address-state.entity.ts';
import { blankAddressState, findAddressStates, markUndeliverable } from './address-state.ts';
import { deliverySettled } from './outbound.events.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

/** Two refusals for good within so many days make an address undeliverable, whatever their code. */
const HARD_BOUNCE_DAYS = 7;
const DAY_MS = 86_400_000;
const MAX_DETAIL = 500;

/** A report about one of our mails, whose id has proved to be ours. */
export interface ProvenReport {
  /** Of the mail it speaks of, with angle brackets, in lower case. */
  readonly messageId: string;
  readonly recipients: readonly BouncedRecipient[];
  /** The mail came back; false: it is only late. */
  readonly failed: boolean;
}

/**
 * Marks the delivery that a report speaks of, and the address by its status, in the caller's transaction; with or
 * without a ticket. Only a mail to one recipient says something of its address: those who got the same mail know its
 * id, and one could switch off the others. Twice the same report counts once.
 */
export async function noteBounce(ctx: Context, report: ProvenReport): Promise<void> {
  const mail = await ctx.db.findOneBy(OutgoingMail, { messageId: report.messageId });
  if (!mail) return;
  const hit = hitRecipients(mail, report.recipients);
  if (hit.length === 0) return;
  if (report.failed) await markBounced(ctx, mail, hit);
  if (mail.recipients.length !== 1) return;
  await count(ctx, mail, hit[0]!);
}

interface Hit {
  readonly address: string;
  readonly status: string | null;
  readonly words: string;
}

/** Those of the mail's recipients that the report names; a report that names none means the only one. */
function hitRecipients(mail: OutgoingMail, named: readonly BouncedRecipient[]): Hit[] {
  const known = named.flatMap(({ address, status, diagnostic }) => {
    const normal = address === null ? null : normalizeAddress(address);
    const words = diagnostic ?? status ?? 'no reason given';
    return normal !== null && mail.recipients.includes(normal) ? [{ address: normal, status, words }] : [];
  });
  const isNameless = named.every(({ address }) => address === null);
  if (known.length > 0 || !isNameless || mail.recipients.length !== 1) return known;
  const { status = null, diagnostic = null } = named[0] ?? {};
  return [{ address: mail.recipients[0]!, status, words: diagnostic ?? status ?? 'no reason given' }];
}

async function markBounced(ctx: Context, mail: OutgoingMail, hit: readonly Hit[]): Promise<void> {
  const isAlone = mail.recipients.length === 1;
  const words = hit.map((each) => (isAlone ? each.words : `${each.address}: ${each.words}`)).join('; ');
  const before = mail.state === 'BOUNCED' ? `${mail.detail ?? ''}; ` : 'came back: ';
  if (mail.state === 'BOUNCED' && mail.detail?.includes(words)) return;
  const marked = await ctx.db.update(
    OutgoingMail,
    { id: mail.id, state: In(['SENT', 'UNKNOWN', 'SENDING', 'BOUNCED']) },
    { state: 'BOUNCED', detail: `${before}${words}`.slice(0, MAX_DETAIL) },
  );
  if (marked.affected) await emit(ctx, deliverySettled({ outgoingMailId: mail.id, kind: mail.kind, state: 'BOUNCED' }));
}

async function count(ctx: Context, mail: OutgoingMail, { address, status, words }: Hit): Promise<void> {
  const effect = bounceEffect(status);
  if (effect === 'NONE') return;
  const state = (await findAddressStates(ctx, [address])).get(address) ?? blankAddressState(address);
  if (state.countedMailId === mail.id) return;
  const now = ctx.clock.now();
  const isRecent =
    state.hardBouncedAt !== null && now.getTime() - state.hardBouncedAt.getTime() <= HARD_BOUNCE_DAYS * DAY_MS;
  if (effect === 'SOFT') state.softBounces += 1;
  else Object.assign(state, { hardBounces: isRecent ? state.hardBounces + 1 : 1, hardBouncedAt: now });
  await ctx.db.save(AddressState, { ...state, countedMailId: mail.id });
  if (effect === 'UNDELIVERABLE_NOW' || (effect === 'COUNT' && state.hardBounces >= 2))
    await markUndeliverable(ctx, address, words);
}
