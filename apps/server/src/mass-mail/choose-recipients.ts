import { isStrictAddress } from '@support-center/mail';
import { requireScope } from '../accounts/account.policy.ts';
import { findAddressStates } from '../outbound/address-state.ts';
import { breathe } from '../platform/breathe.ts';
import type { Context } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { deleteRows, insertRows } from '../platform/plain-rows.ts';
import { readSettings } from '../settings/read-settings.ts';
import { type Audience, Campaign, type ListProblem, NONE_REMOVED, type RemovedCounts } from './campaign.entity.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';
import { type ExclusionRules, exclusionOf, exclusionRules } from './exclusion.ts';
import { findRequesters } from './find-requesters.ts';
import { lockCampaign } from './lock-campaign.ts';
import {
  type ListedRecipient,
  type ListLine,
  ListUnreadableError,
  MAX_RECIPIENTS,
  readCsvList,
  readPastedList,
} from './recipient-list.ts';

/** Lines that are read and written at a time: some 15 ms of a processor, for which letters and pages wait. */
const SLICE = 250;
/** So many broken lines are told one by one; the others are counted. */
const MAX_PROBLEMS = 1000;

/** Where recipients come from. */
export type RecipientSource = { readonly audience: Audience } | { readonly pasted: string } | { readonly csv: Buffer };

interface Tally {
  readonly removed: { -readonly [K in keyof RemovedCounts]: RemovedCounts[K] };
  readonly problems: ListProblem[];
  readonly columns: Set<string>;
  count: number;
}

const LIST: Audience = { kind: 'LIST', domains: [], contactedAfter: null, contactedBefore: null, ticketAbout: null };

/**
 * Chooses who gets a draft, in place of who was chosen before: one recipient per address, without those who are
 * our own, blocked, opted out or undeliverable, each counted. Written in slices; until the last one the draft has no
 * recipients. A list that cannot be read from its first lines on changes nothing.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT for an unreadable list, CONFLICT when it is no draft or was chosen anew meanwhile
 */
export async function chooseRecipients(ctx: Context, campaignId: string, source: RecipientSource): Promise<Campaign> {
  requireScope(ctx.actor, 'mail:send');
  const tally: Tally = { removed: { ...NONE_REMOVED }, problems: [], columns: new Set(), count: 0 };
  const rules = exclusionRules(await readSettings(ctx));
  const seen = new Set<string>();
  let listVersion: number | null = null;
  try {
    for await (const slice of slices(linesOf(ctx, source))) {
      listVersion ??= await beginList(ctx, campaignId);
      const fresh = slice.flatMap((line) => takeLine(line, tally, seen));
      const kept = await withoutExcluded(ctx, fresh, rules, tally);
      tally.count += kept.length;
      if (tally.count > MAX_RECIPIENTS)
        throw new ListUnreadableError(`A mailing has at most ${MAX_RECIPIENTS} recipients.`);
      await writeSlice(ctx, campaignId, listVersion, kept);
      // The embedded database answers without a pause.
      await breathe();
    }
  } catch (error) {
    if (error instanceof ListUnreadableError) throw invalidInput([{ path: 'addresses', message: error.message }]);
    throw error;
  }
  return endList(ctx, campaignId, listVersion!, 'audience' in source ? source.audience : LIST, tally);
}

async function withoutExcluded(
  ctx: Context,
  recipients: readonly ListedRecipient[],
  rules: ExclusionRules,
  tally: Tally,
): Promise<ListedRecipient[]> {
  const states = await findAddressStates(
    ctx,
    recipients.map(({ address }) => address),
  );
  return recipients.filter(({ address }) => {
    const why = exclusionOf(address, states, rules);
    if (why) tally.removed[why] += 1;
    return why === null;
  });
}

async function* linesOf(ctx: Context, source: RecipientSource): AsyncGenerator<ListLine> {
  if ('csv' in source) yield* readCsvList(source.csv);
  else if ('pasted' in source) yield* readPastedList(source.pasted);
  else {
    for await (const page of findRequesters(ctx, source.audience)) {
      for (const { address, name } of page) yield { recipient: { line: 0, address, name, fields: {} } };
    }
  }
}

async function* slices(lines: AsyncGenerator<ListLine>): AsyncGenerator<ListLine[]> {
  let slice: ListLine[] = [];
  for await (const line of lines) {
    slice.push(line);
    if (slice.length < SLICE) continue;
    yield slice;
    slice = [];
  }
  yield slice;
}

/** The recipient of a line, unless it has none or had its mail from a line before. */
function takeLine(line: ListLine, tally: Tally, seen: Set<string>): ListedRecipient[] {
  const problem =
    'error' in line
      ? line.error
      : isStrictAddress(line.recipient.address)
        ? null
        : {
            line: line.recipient.line,
            text: line.recipient.address,
            message: 'Mail cannot be written to this address.',
          };
  if (problem) {
    tally.removed.broken += 1;
    if (tally.problems.length < MAX_PROBLEMS) tally.problems.push(problem);
    return [];
  }
  const { recipient } = line as { recipient: ListedRecipient };
  if (seen.has(recipient.address)) {
    tally.removed.duplicates += 1;
    return [];
  }
  seen.add(recipient.address);
  for (const name of Object.keys(recipient.fields)) tally.columns.add(name);
  return [recipient];
}

/** Makes the list ours and takes away who stood on it, in slices, too. */
async function beginList(ctx: Context, campaignId: string): Promise<number> {
  const listVersion = await transact(ctx, async (ctx) => {
    const campaign = await lockCampaign(ctx, campaignId);
    requireDraft(campaign);
    const next = campaign.listVersion + 1;
    await ctx.db.update(Campaign, { id: campaignId }, { listVersion: next, audience: null, recipientCount: 0 });
    return next;
  });
  while ((await removeSlice(ctx, campaignId, listVersion)) > 0) await breathe();
  return listVersion;
}

async function removeSlice(ctx: Context, campaignId: string, listVersion: number): Promise<number> {
  return transact(ctx, async (ctx) => {
    await requireOwnList(ctx, campaignId, listVersion);
    const some = await ctx.db.find(CampaignRecipient, { where: { campaignId }, select: { id: true }, take: SLICE });
    return deleteRows(ctx, CampaignRecipient, { id: some.map(({ id }) => id) });
  });
}

async function writeSlice(
  ctx: Context,
  campaignId: string,
  listVersion: number,
  recipients: readonly ListedRecipient[],
): Promise<void> {
  if (recipients.length === 0) return;
  await transact(ctx, async (ctx) => {
    await requireOwnList(ctx, campaignId, listVersion);
    const rows = recipients.map(({ address, name, fields }) => ({
      id: ctx.random.id(ctx.clock.now()),
      campaignId,
      address,
      name: name?.slice(0, 200) ?? null,
      fields,
      state: 'WAITING' as const,
      skippedBecause: null,
      unsubscribedAt: null,
    }));
    await insertRows(ctx, CampaignRecipient, rows);
  });
}

async function endList(
  ctx: Context,
  campaignId: string,
  listVersion: number,
  audience: Audience,
  { removed, problems, columns, count }: Tally,
): Promise<Campaign> {
  return transact(ctx, async (ctx) => {
    const campaign = await requireOwnList(ctx, campaignId, listVersion);
    const chosen = { audience, removed, listProblems: problems, columns: [...columns], recipientCount: count };
    await ctx.db.update(Campaign, { id: campaignId }, chosen);
    return Object.assign(campaign, chosen);
  });
}

async function requireOwnList(ctx: Context, campaignId: string, listVersion: number): Promise<Campaign> {
  const campaign = await lockCampaign(ctx, campaignId);
  requireDraft(campaign);
  if (campaign.listVersion !== listVersion)
    throw new AppError('CONFLICT', 'Somebody else chose the recipients of this mailing meanwhile. Theirs were kept.');
  return campaign;
}

function requireDraft({ state }: Campaign): void {
  if (state !== 'DRAFT')
    throw new AppError('CONFLICT', 'This mailing is no draft any more, so its recipients stay as they are.');
}
