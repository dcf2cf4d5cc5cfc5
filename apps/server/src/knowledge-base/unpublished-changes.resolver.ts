import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Agent } from '../accounts/agent.entity.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Article } from './article.entity.ts';
import { renderArticle, slugsLinkedIn } from './article-html.ts';
import { loadAuthor, loadOpenSlugs } from './article-loaders.ts';
import { checkLinks } from './check-links.ts';
import { discardUnpublishedChanges } from './discard-unpublished-changes.ts';
import { UnpublishedChangesIdInput, UnpublishedChangesInput } from './knowledge-base.inputs.ts';
import { LinkProblem } from './knowledge-base.types.ts';
import { publishUnpublishedChanges } from './publish-unpublished-changes.ts';
import { saveUnpublishedChanges } from './save-unpublished-changes.ts';
import { UnpublishedChanges } from './unpublished-changes.entity.ts';

@Resolver(() => UnpublishedChanges)
export class UnpublishedChangesResolver {
  @Mutation(() => Article, {
    description:
      'Keeps what a published article shall say later; readers see nothing of it. Agents, and tokens with kb:write.',
  })
  async saveUnpublishedChanges(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => UnpublishedChangesInput, { description: 'The changes.' }) input: UnpublishedChangesInput,
  ): Promise<Article> {
    return saveUnpublishedChanges(ctx, input);
  }

  @Mutation(() => Article, {
    description: 'Publishes the unpublished changes of an article. Agents, and tokens with kb:write.',
  })
  async publishUnpublishedChanges(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => UnpublishedChangesIdInput, { description: 'Which ones.' }) input: UnpublishedChangesIdInput,
  ): Promise<Article> {
    return publishUnpublishedChanges(ctx, input);
  }

  @Mutation(() => Article, {
    description: 'Discards the unpublished changes of an article. Agents, and tokens with kb:write.',
  })
  async discardUnpublishedChanges(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => UnpublishedChangesIdInput, { description: 'Which ones.' }) input: UnpublishedChangesIdInput,
  ): Promise<Article> {
    return discardUnpublishedChanges(ctx, input);
  }

  @FieldResolver(() => String, { description: 'Safe HTML of the body with absolute links, to look at before.' })
  async html(@Root() { body }: UnpublishedChanges, @Ctx() ctx: GraphqlContext): Promise<string> {
    const { publicUrl } = ctx.config;
    return renderArticle(body, publicUrl, await loadOpenSlugs(ctx, slugsLinkedIn(body, publicUrl))).html;
  }

  @FieldResolver(() => [LinkProblem], { description: 'Their links that lead nowhere.' })
  async linkProblems(
    @Root() { articleId, title, body }: UnpublishedChanges,
    @Ctx() ctx: GraphqlContext,
  ): Promise<LinkProblem[]> {
    const article = await ctx.db.findOneBy(Article, { id: articleId });
    return article ? checkLinks(ctx, [{ ...article, title, body }]) : [];
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who saved them last; null: a program.' })
  async updatedBy(@Root() changes: UnpublishedChanges, @Ctx() ctx: GraphqlContext): Promise<Agent | null> {
    return loadAuthor(ctx, changes.updatedById);
  }
}
