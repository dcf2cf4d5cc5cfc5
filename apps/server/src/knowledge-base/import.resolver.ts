import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Article } from './article.entity.ts';
import { ImportArticlesInput, ImportMarkdownInput, ImportResult } from './import.inputs.ts';
import { importArticles } from './import-articles.ts';
import { importMarkdown } from './import-markdown.ts';
import { KnowledgeBaseIdInput } from './knowledge-base.inputs.ts';
import { addSampleArticles } from './sample-articles.ts';

@Resolver()
export class ImportResolver {
  @Mutation(() => ImportResult, {
    description: 'Takes up to 500 articles into a base, all or none. Agents, and tokens with kb:write.',
  })
  async importArticles(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ImportArticlesInput, { description: 'The articles.' }) input: ImportArticlesInput,
  ): Promise<ImportResult> {
    return importArticles(ctx, input);
  }

  @Mutation(() => ImportResult, {
    description: 'Takes Markdown files with front matter into a base; files with faults are named and passed over.',
  })
  async importMarkdown(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ImportMarkdownInput, { description: 'The files.' }) input: ImportMarkdownInput,
  ): Promise<ImportResult> {
    return importMarkdown(ctx, input);
  }

  @Mutation(() => [Article], { description: 'Adds three articles to look at; those that are there stay as they are.' })
  async addSampleArticles(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => KnowledgeBaseIdInput, { description: 'The base.' }) input: KnowledgeBaseIdInput,
  ): Promise<Article[]> {
    return addSampleArticles(ctx, input.knowledgeBaseId);
  }
}
