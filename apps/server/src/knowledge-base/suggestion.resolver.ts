import { Arg, Ctx, FieldResolver, Float, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { type GraphqlContext, loadById } from '../platform/graphql-context.ts';
import { Article } from './article.entity.ts';
import { loadLearntCount, loadSettings } from './article-loaders.ts';
import { requireMayReadBases } from './knowledge-base.policy.ts';
import { suggestArticles } from './suggest-articles.ts';
import { Suggestion, SuggestionIndex, SuggestionReport, SuggestionStats } from './suggestion.types.ts';
import { NO_STATS, statsOf, suggestionReport } from './suggestion-report.ts';

@Resolver(() => Article)
export class SuggestionResolver {
  @Query(() => [Suggestion], {
    description:
      'Published articles of a base that answer a text, best first; none below the floor, at most 50. Agents, and tokens with kb:read.',
  })
  async suggestArticles(
    @Ctx() ctx: GraphqlContext,
    @Arg('knowledgeBaseId', () => ID, { description: 'The base.' }) knowledgeBaseId: string,
    @Arg('subject', () => String, { nullable: true, description: 'A subject; its words count twice.' }) subject:
      | string
      | null,
    @Arg('text', () => String, { description: 'Any text, such as a letter; the first 20,000 characters count.' })
    text: string,
    @Arg('language', () => String, { nullable: true, description: 'Its language as a tag; left out: guessed.' })
    language: string | null,
    @Arg('first', () => Int, { defaultValue: 5, description: 'How many at most, 1 to 100.' }) first: number,
    @Arg('floor', () => Float, {
      nullable: true,
      description: 'Least confidence, 0 to 1; left out: that of the settings. With 0 even the weakest are answered.',
    })
    floor: number | null,
    @Arg('forEndUsers', () => Boolean, {
      defaultValue: false,
      description: 'Only articles that are not for staff only, as a page for end users needs them.',
    })
    forEndUsers: boolean,
  ): Promise<Suggestion[]> {
    return suggestArticles(ctx, { knowledgeBaseId, subject, text, language, first, floor, forEndUsers });
  }

  @Query(() => SuggestionIndex, { description: 'The index that suggestions come from.' })
  async suggestionIndex(@Ctx() ctx: GraphqlContext): Promise<SuggestionIndex> {
    requireMayReadBases(ctx.actor);
    const { maxSuggestions } = await loadSettings(ctx);
    return { state: ctx.ranking.isReady ? 'READY' : 'WARMING', articles: await ctx.ranking.size(), maxSuggestions };
  }

  @Query(() => SuggestionReport, {
    description: 'What suggestions were good for in the last days. Agents, and tokens with kb:read and tickets:read.',
  })
  async suggestionReport(
    @Ctx() ctx: GraphqlContext,
    @Arg('days', () => Int, { defaultValue: 30, description: 'How many days, 1 to 366, today included.' }) days: number,
  ): Promise<SuggestionReport> {
    return suggestionReport(ctx, days);
  }

  @FieldResolver(() => SuggestionStats, { description: 'What has become of suggestions of it.' })
  async suggestionStats(@Root() article: Article, @Ctx() ctx: GraphqlContext): Promise<SuggestionStats> {
    return (await loadById(ctx, 'suggestion-stats', article.id, (ids) => statsOf(ctx, ids))) ?? NO_STATS;
  }

  @FieldResolver(() => Int, { description: 'How many texts of answered tickets it has learnt from, at most 50.' })
  async learntCount(@Root() article: Article, @Ctx() ctx: GraphqlContext): Promise<number> {
    return loadLearntCount(ctx, article.id);
  }
}
