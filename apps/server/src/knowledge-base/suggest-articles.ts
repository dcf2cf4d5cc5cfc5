import type { Context } from '../platform/context.ts';
import { invalidInput, notFound } from '../platform/errors.ts';
import { checkFirst } from '../platform/pagination.ts';
import { readSettings } from '../settings/read-settings.ts';
import { findSuggestions, type SuggestionWish } from './find-suggestions.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import { requireMayReadBases } from './knowledge-base.policy.ts';
import type { Suggestion } from './suggestion.types.ts';

/**
 * Articles of any base for any text, best first, none below the floor; more than 50 are never answered.
 * @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT, UNAVAILABLE
 */
export async function suggestArticles(ctx: Context, wish: SuggestionWish): Promise<Suggestion[]> {
  requireMayReadBases(ctx.actor);
  checkFirst(wish.first);
  const { floor } = wish;
  if (typeof floor === 'number' && !(floor >= 0 && floor <= 1))
    throw invalidInput([{ path: 'floor', message: 'Give a number from 0 to 1.' }]);
  if (!(await ctx.db.existsBy(KnowledgeBase, { id: wish.knowledgeBaseId }))) throw notFound('knowledge base');
  return findSuggestions(ctx, { ...wish, floor: floor ?? (await readSettings(ctx)).suggestionFloor });
}
