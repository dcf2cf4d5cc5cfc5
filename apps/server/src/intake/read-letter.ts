import { normalizeAddress, recoverMail } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { WorkerFailure } from '../platform/worker-pool.ts';
import { openWithOurKeys } from '../settings/pgp-threads.ts';
import type { Opening, SealedPiece } from '../settings/pgp-work.ts';
import { verifiedKeys } from '../tickets/requester-keys.ts';
import type { UnderstandTask, UnderstoodMail } from './understood-mail.ts';

/** Time and memory that reading one letter may take; then its thread is ended and only that letter suffers. */
export const READING_BUDGET = {
  hardLimitMs: 15_000,
  resourceLimits: { maxOldGenerationSizeMb: 512, stackSizeMb: 4 },
} as const;

const UNREADABLE_TEXT = 'The message could not be read. Its source is kept whole: download it to see it.';

/**
 * Reads a letter in a thread of its own. A letter that breaks the reader or its budget comes back with what its headers
 * tell and the reason in `unreadable`; only a fault of the product itself (no thread, stopping) is thrown.
 */
export async function readLetter(ctx: Context, inboundMailId: string, bytes: Buffer): Promise<UnderstoodMail> {
  try {
    return await understandWhole(ctx, { kind: 'understand', bytes, inboundMailId, now: ctx.clock.now() });
  } catch (error) {
    if (!(error instanceof WorkerFailure)) throw error;
    ctx.log.warn({ inboundMailId, kind: error.kind }, 'a letter broke the reader; it becomes a ticket with its source');
    return unreadableMail(bytes, error.kind === 'TIME' ? 'reading it took too long' : 'it broke the reader');
  }
}

/** Encrypted layers and unknown signers make another run worth while; more than these are a trick. */
const MAX_RUNS = 6;

/**
 * Runs the reading, opens in the thread that holds our keys what it asks for, and runs it again with what came of it,
 * so that the thread which reads a stranger's HTML never sees a private key.
 */
async function understandWhole(ctx: Context, task: UnderstandTask): Promise<UnderstoodMail> {
  const publicKeys = new Map<string, string>();
  let pieces: SealedPiece[] = [];
  let openings: Opening[] = [];
  for (let run = 1; ; run++) {
    const given: UnderstandTask = { ...task, openings, publicKeys: [...publicKeys.values()] };
    const understood = await ctx.workers.run<UnderstandTask, UnderstoodMail>(given);
    const { needs, mail } = understood;
    const isAsking = needs.pieces.length > 0 || needs.signers.length > 0;
    if (!isAsking || run === MAX_RUNS) return understood;
    const from = mail.from ? normalizeAddress(mail.from.address) : null;
    const before = publicKeys.size;
    for (const key of await verifiedKeys(ctx, { address: run === 1 ? from : null, keyIds: needs.signers }))
      publicKeys.set(key.fingerprint, key.publicKey);
    const hasNewKeys = publicKeys.size > before;
    if (!hasNewKeys && needs.pieces.length === 0) return understood;
    const fresh = needs.pieces.filter(({ id }) => !pieces.some((piece) => piece.id === id));
    pieces = [...pieces, ...fresh];
    // With more keys the signatures inside are judged anew.
    const toOpen = hasNewKeys ? pieces : fresh;
    const opened =
      toOpen.length > 0 ? await openWithOurKeys(ctx, toOpen, { publicKeys: [...publicKeys.values()], from }) : [];
    openings = [...openings.filter(({ id }) => !opened.some((one) => one.id === id)), ...opened];
  }
}

/** A letter of which only the headers are known. */
export function unreadableMail(bytes: Buffer, why: string): UnderstoodMail {
  const mail = recoverMail(bytes);
  return {
    mail,
    outerSubject: mail.subject,
    text: UNREADABLE_TEXT,
    newText: UNREADABLE_TEXT,
    html: null,
    htmlVersion: 0,
    blockedImages: 0,
    bodyHash: null,
    attachments: [],
    pgp: null,
    offeredKeys: [],
    needs: { pieces: [], signers: [] },
    unreadable: why,
  };
}
