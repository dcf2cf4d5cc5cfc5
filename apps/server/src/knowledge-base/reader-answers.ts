import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '../platform/context.ts';
import { AppError } from '../platform/errors.ts';
import { networkOf } from '../platform/network-of.ts';
import { hitThrottle } from '../platform/throttle.ts';
import { countReaders } from './count-readers.ts';

const TOKEN_MS = 24 * 3_600_000;
/** A page is the same within this time, so that a browser that has it need not load it again. */
const TOKEN_STEP_MS = 3_600_000;
const ANSWERS_AN_HOUR = { limit: 30, windowMs: 3_600_000 };
const ANSWERS_AN_ARTICLE = { limit: 1, windowMs: 24 * 3_600_000 };

/** Proves for 23 to 24 hours that the form of this article's page was loaded from us. */
export function makeAnswerToken(ctx: Context, articleId: string): string {
  const now = ctx.clock.now().getTime();
  const issuedAt = (now - (now % TOKEN_STEP_MS)).toString(36);
  return `${issuedAt}.${signature(ctx, articleId, issuedAt).toString('base64url')}`;
}

/** Whether such a proof still holds. */
export function isAnswerToken(ctx: Context, articleId: string, token: string): boolean {
  const [issuedAt = '', given = ''] = token.slice(0, 200).split('.');
  const age = ctx.clock.now().getTime() - Number.parseInt(issuedAt, 36);
  const expected = signature(ctx, articleId, issuedAt);
  const bytes = Buffer.from(given, 'base64url');
  return age >= 0 && age <= TOKEN_MS && bytes.length === expected.length && timingSafeEqual(bytes, expected);
}

/**
 * Counts what a reader said about an article: one answer a day of those at one address; the others change nothing.
 * @throws AppError RATE_LIMITED after 30 answers an hour
 */
export async function countAnswer(
  ctx: Context,
  { ip, articleId, isHelpful }: { ip: string; articleId: string; isHelpful: boolean },
): Promise<void> {
  const reader = readerAt(ctx, ip);
  await hitThrottle(ctx, `kb:${reader}`, ANSWERS_AN_HOUR);
  if (await isFirst(ctx, reader, articleId))
    await countReaders(ctx, new Map([[articleId, isHelpful ? { helpful: 1 } : { notHelpful: 1 }]]));
}

/** Who reads, without keeping the address. */
function readerAt(ctx: Context, ip: string): string {
  return createHmac('sha256', ctx.secrets.deriveKey('kb-readers')).update(networkOf(ip)).digest('hex').slice(0, 32);
}

async function isFirst(ctx: Context, reader: string, articleId: string): Promise<boolean> {
  try {
    await hitThrottle(ctx, `kb:${reader}:${articleId}`, ANSWERS_AN_ARTICLE);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'RATE_LIMITED') return false;
    throw error;
  }
}

function signature(ctx: Context, articleId: string, issuedAt: string): Buffer {
  return createHmac('sha256', ctx.secrets.deriveKey('kb-helpful')).update(`${articleId}.${issuedAt}`).digest();
}
