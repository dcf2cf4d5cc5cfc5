import type { Context, Scope } from '../platform/context.ts';
import { SCOPES } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { type FieldError, invalidInput, notFound } from '../platform/errors.ts';
import { hashToken } from '../platform/secrets.ts';
import { requireAdmin, requireAgent } from './account.policy.ts';
import { ApiToken } from './api-token.entity.ts';
import { ApiTokenSecret } from './api-token-secret.entity.ts';

const DAY_MS = 86_400_000;
const DEFAULT_DAYS = 90;
const MAX_DAYS = 366;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/** Makes a token for an integrator's program; the secret is returned this once. @throws AppError FORBIDDEN, INVALID_INPUT */
export async function createApiToken(
  ctx: Context,
  input: { name: string; scopes: readonly string[]; expiresAt?: Date | null },
): Promise<{ row: ApiToken; token: string }> {
  requireAdmin(ctx.actor);
  const createdById = requireAgent(ctx.actor);
  const now = ctx.clock.now();
  const expiresAt = input.expiresAt ?? new Date(now.getTime() + DEFAULT_DAYS * DAY_MS);
  checkToken(input, expiresAt, now);
  const prefix = `hd_${letters(ctx, 8)}`;
  const token = `${prefix}_${letters(ctx, 43)}`;
  const scopes = [...new Set(input.scopes)] as Scope[];
  const row = Object.assign(new ApiToken(), {
    id: ctx.random.id(now),
    name: input.name.trim(),
    prefix,
    scopes,
    createdAt: now,
    expiresAt,
    lastUsedAt: null,
    revokedAt: null,
    createdById,
  });
  await transact(ctx, async (ctx) => {
    await ctx.db.insert(ApiToken, row);
    await ctx.db.insert(ApiTokenSecret, { apiTokenId: row.id, tokenHash: hashToken(token) });
  });
  return { row, token };
}

/** Makes a token open nothing from now on. Twice is harmless. @throws AppError FORBIDDEN, NOT_FOUND */
export async function revokeApiToken(ctx: Context, apiTokenId: string): Promise<ApiToken> {
  requireAdmin(ctx.actor);
  return transact(ctx, async (ctx) => {
    const row = await ctx.db.findOneBy(ApiToken, { id: apiTokenId });
    if (!row) throw notFound('API token');
    if (!row.revokedAt) {
      row.revokedAt = ctx.clock.now();
      await ctx.db.update(ApiToken, { id: row.id }, { revokedAt: row.revokedAt });
      await ctx.db.delete(ApiTokenSecret, { apiTokenId: row.id });
    }
    return row;
  });
}

function checkToken(input: { name: string; scopes: readonly string[] }, expiresAt: Date, now: Date): void {
  const errors: FieldError[] = [];
  if (input.name.trim() === '' || input.name.length > 120)
    errors.push({ path: 'name', message: 'Say in at most 120 characters what the token is for.' });
  const unknown = input.scopes.find((scope) => !SCOPES.includes(scope as Scope));
  if (input.scopes.length === 0 || unknown !== undefined)
    errors.push({ path: 'scopes', message: `Choose scopes among ${SCOPES.join(', ')}.` });
  const days = (expiresAt.getTime() - now.getTime()) / DAY_MS;
  if (!(days > 0 && days <= MAX_DAYS))
    errors.push({ path: 'expiresAt', message: 'A token expires within a year from now.' });
  if (errors.length > 0) throw invalidInput(errors);
}

/** Random letters and digits; bytes that would favour some are thrown away. */
function letters(ctx: Context, count: number): string {
  let text = '';
  while (text.length < count) {
    for (const byte of Buffer.from(ctx.random.token(64), 'base64url')) {
      if (byte < 248 && text.length < count) text += LETTERS[byte % 62];
    }
  }
  return text;
}
