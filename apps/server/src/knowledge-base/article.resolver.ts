import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Agent } from '../accounts/agent.entity.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Article } from './article.entity.ts';
import { articleText, renderArticle, slugsLinkedIn } from './article-html.ts';
import {
  loadAuthor,
  loadBase,
  loadOpenSlugs,
  loadReaderCounts,
  loadSettings,
  loadUnpublishedChanges,
} from './article-loaders.ts';
import { ArticleVersion } from './article-version.entity.ts';
import { checkLinks, linkProblemsOfBase } from './check-links.ts';
import { deleteArticle } from './delete-article.ts';
import { ArticleIdInput, ArticleInput, RestoreArticleVersionInput } from './knowledge-base.inputs.ts';
import { mayWriteArticles, requireMayReadBases } from './knowledge-base.policy.ts';
import { ArticleVersionConnection, LinkProblem } from './knowledge-base.types.ts';
import { listVersions } from './list-versions.ts';
import { publicAddress } from './public-address.ts';
import { restoreArticleVersion } from './restore-article-version.ts';
import { saveArticle } from './save-article.ts';
import { UnpublishedChanges } from './unpublished-changes.entity.ts';

@Resolver(() => Article)
export class ArticleResolver {
  @Query(() => Article, { nullable: true, description: 'One article; null: there is none with this id.' })
  async article(
    @Ctx() ctx: GraphqlContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Article | null> {
    requireMayReadBases(ctx.actor);
    return ctx.db.findOneBy(Article, { id });
  }

  @Query(() => [LinkProblem], {
    description: 'Links of a base that lead nowhere, or to a former address; at most 500.',
  })
  async articleLinkProblems(
    @Ctx() ctx: GraphqlContext,
    @Arg('knowledgeBaseId', () => ID, { description: 'The base.' }) knowledgeBaseId: string,
  ): Promise<LinkProblem[]> {
    return linkProblemsOfBase(ctx, knowledgeBaseId);
  }

  @Mutation(() => Article, {
    description: 'Makes or changes an article. Agents, and tokens with kb:write.',
  })
  async saveArticle(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ArticleInput, { description: 'The article.' }) input: ArticleInput,
  ): Promise<Article> {
    return saveArticle(ctx, input);
  }

  @Mutation(() => Boolean, { description: 'Deletes an article with its earlier states and its unpublished changes.' })
  async deleteArticle(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ArticleIdInput, { description: 'Which one.' }) input: ArticleIdInput,
  ): Promise<boolean> {
    return deleteArticle(ctx, input.articleId);
  }

  @Mutation(() => Article, {
    description: 'Gives an article the words of an earlier state; those of now and its unpublished changes are kept.',
  })
  async restoreArticleVersion(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => RestoreArticleVersionInput, { description: 'Which state.' }) input: RestoreArticleVersionInput,
  ): Promise<Article> {
    return restoreArticleVersion(ctx, input);
  }

  @FieldResolver(() => String, { description: 'Safe HTML of the body with absolute links, for a page or a reply.' })
  async html(@Root() { body }: Article, @Ctx() ctx: GraphqlContext): Promise<string> {
    const { publicUrl } = ctx.config;
    return renderArticle(body, publicUrl, await loadOpenSlugs(ctx, slugsLinkedIn(body, publicUrl))).html;
  }

  @FieldResolver(() => String, { description: 'The readable words of the body, without mark-up.' })
  text(@Root() article: Article): string {
    return articleText(article.body);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where end users read it; null unless they can.' })
  async url(@Root() article: Article, @Ctx() ctx: GraphqlContext): Promise<string | null> {
    const base = await loadBase(ctx, article.knowledgeBaseId);
    return publicAddress(ctx.config, article, base, (await loadSettings(ctx)).defaultKnowledgeBaseId);
  }

  @FieldResolver(() => UnpublishedChanges, {
    nullable: true,
    description: 'What it shall say once its changes are published; null: nothing else, or not for who may only read.',
  })
  async unpublishedChanges(@Root() { id }: Article, @Ctx() ctx: GraphqlContext): Promise<UnpublishedChanges | null> {
    return mayWriteArticles(ctx.actor) ? loadUnpublishedChanges(ctx, id) : null;
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who changed it last; null: a program, or nobody known.' })
  async updatedBy(@Root() article: Article, @Ctx() ctx: GraphqlContext): Promise<Agent | null> {
    return loadAuthor(ctx, article.updatedById);
  }

  @FieldResolver(() => Int, { description: 'How often its public page was read.' })
  async views(@Root() article: Article, @Ctx() ctx: GraphqlContext): Promise<number> {
    return (await loadReaderCounts(ctx, article.id)).views;
  }

  @FieldResolver(() => Int, { description: 'How many readers said that it helped.' })
  async helpful(@Root() article: Article, @Ctx() ctx: GraphqlContext): Promise<number> {
    return (await loadReaderCounts(ctx, article.id)).helpful;
  }

  @FieldResolver(() => Int, { description: 'How many readers said that it did not help.' })
  async notHelpful(@Root() article: Article, @Ctx() ctx: GraphqlContext): Promise<number> {
    return (await loadReaderCounts(ctx, article.id)).notHelpful;
  }

  @FieldResolver(() => [LinkProblem], { description: 'Its links that lead nowhere, or to a former address.' })
  async linkProblems(@Root() article: Article, @Ctx() ctx: GraphqlContext): Promise<LinkProblem[]> {
    return checkLinks(ctx, [article]);
  }

  @FieldResolver(() => ArticleVersionConnection, {
    description:
      'Its earlier states, newest first; the present one is the article itself. Those of unpublished changes are for who may write.',
  })
  async versions(
    @Root() article: Article,
    @Ctx() ctx: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The end cursor of the window before.' }) after:
      | string
      | null,
  ): Promise<ArticleVersionConnection> {
    return listVersions(ctx, article.id, { first, after });
  }
}

@Resolver(() => ArticleVersion)
export class ArticleVersionResolver {
  @FieldResolver(() => Agent, { nullable: true, description: 'Who wrote that state; null: a program.' })
  async author(@Root() version: ArticleVersion, @Ctx() ctx: GraphqlContext): Promise<Agent | null> {
    return loadAuthor(ctx, version.authorId);
  }
}
