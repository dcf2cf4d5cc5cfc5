import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { categoriesOf, deleteCategory, moveCategory, saveCategory } from './article-categories.ts';
import { ArticleCategory } from './article-category.entity.ts';
import { loadArticleCounts, loadCategoryCount, loadSettings } from './article-loaders.ts';
import { deleteKnowledgeBase } from './delete-knowledge-base.ts';
import { KnowledgeBase } from './knowledge-base.entity.ts';
import {
  ArticleCategoryIdInput,
  ArticleCategoryInput,
  ArticleFilter,
  KnowledgeBaseIdInput,
  KnowledgeBaseInput,
  MoveArticleCategoryInput,
} from './knowledge-base.inputs.ts';
import { requireMayReadBases } from './knowledge-base.policy.ts';
import { ArticleConnection } from './knowledge-base.types.ts';
import { usesOf } from './knowledge-base-use.ts';
import { listArticles } from './list-articles.ts';
import { saveKnowledgeBase } from './save-knowledge-base.ts';

@Resolver(() => KnowledgeBase)
export class KnowledgeBaseResolver {
  @Query(() => [KnowledgeBase], { description: 'All knowledge bases by name. Agents, and tokens with kb:read.' })
  async knowledgeBases(@Ctx() ctx: GraphqlContext): Promise<KnowledgeBase[]> {
    requireMayReadBases(ctx.actor);
    return ctx.db.find(KnowledgeBase, { order: { name: 'ASC', id: 'ASC' } });
  }

  @Query(() => KnowledgeBase, { nullable: true, description: 'One knowledge base; null: there is none with this id.' })
  async knowledgeBase(
    @Ctx() ctx: GraphqlContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<KnowledgeBase | null> {
    requireMayReadBases(ctx.actor);
    return ctx.db.findOneBy(KnowledgeBase, { id });
  }

  @Mutation(() => KnowledgeBase, {
    description: 'Makes or changes a knowledge base. Administrators, and tokens with kb:write.',
  })
  async saveKnowledgeBase(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => KnowledgeBaseInput, { description: 'The base.' }) input: KnowledgeBaseInput,
  ): Promise<KnowledgeBase> {
    return saveKnowledgeBase(ctx, input);
  }

  @Mutation(() => Boolean, {
    description:
      'Deletes a knowledge base with everything in it; refused while a setting uses it. Administrators, and tokens with kb:write.',
  })
  async deleteKnowledgeBase(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => KnowledgeBaseIdInput, { description: 'Which one.' }) input: KnowledgeBaseIdInput,
  ): Promise<boolean> {
    return deleteKnowledgeBase(ctx, input.knowledgeBaseId);
  }

  @Mutation(() => ArticleCategory, { description: 'Makes a category as the last of its siblings, or renames one.' })
  async saveArticleCategory(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ArticleCategoryInput, { description: 'The category.' }) input: ArticleCategoryInput,
  ): Promise<ArticleCategory> {
    return saveCategory(ctx, input);
  }

  @Mutation(() => [ArticleCategory], {
    description: 'Moves a category with all below it; answers the whole tree in its order.',
  })
  async moveArticleCategory(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MoveArticleCategoryInput, { description: 'Where to.' }) input: MoveArticleCategoryInput,
  ): Promise<ArticleCategory[]> {
    return moveCategory(ctx, input);
  }

  @Mutation(() => Boolean, { description: 'Deletes a category; what stood under it moves up to the one above.' })
  async deleteArticleCategory(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ArticleCategoryIdInput, { description: 'Which one.' }) input: ArticleCategoryIdInput,
  ): Promise<boolean> {
    return deleteCategory(ctx, input.categoryId);
  }

  @FieldResolver(() => [ArticleCategory], {
    description: 'Its categories in the order of their tree: each before those below it.',
  })
  async categories(@Root() base: KnowledgeBase, @Ctx() ctx: GraphqlContext): Promise<ArticleCategory[]> {
    return categoriesOf(ctx, base.id);
  }

  @FieldResolver(() => ArticleConnection, { description: 'Its articles, last changed first.' })
  async articles(
    @Root() base: KnowledgeBase,
    @Ctx() ctx: GraphqlContext,
    @Arg('filter', () => ArticleFilter, { nullable: true, description: 'Which ones.' }) filter: ArticleFilter | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The end cursor of the window before.' }) after:
      | string
      | null,
  ): Promise<ArticleConnection> {
    return listArticles(ctx, base.id, filter ?? {}, { first, after });
  }

  @FieldResolver(() => Int, { description: 'How many articles it has, drafts included.' })
  async articleCount(@Root() base: KnowledgeBase, @Ctx() ctx: GraphqlContext): Promise<number> {
    return (await loadArticleCounts(ctx, base.id)).all;
  }

  @FieldResolver(() => Int, { description: 'How many of them are drafts.' })
  async draftCount(@Root() base: KnowledgeBase, @Ctx() ctx: GraphqlContext): Promise<number> {
    const { all, published } = await loadArticleCounts(ctx, base.id);
    return all - published;
  }

  @FieldResolver(() => [String], { description: 'The settings that use it, by their labels.' })
  async usedAs(@Root() base: KnowledgeBase, @Ctx() ctx: GraphqlContext): Promise<string[]> {
    return usesOf(await loadSettings(ctx), base.id);
  }
}

@Resolver(() => ArticleCategory)
export class ArticleCategoryResolver {
  @FieldResolver(() => Int, { description: 'How many articles stand right under it, drafts included.' })
  async articleCount(@Root() category: ArticleCategory, @Ctx() ctx: GraphqlContext): Promise<number> {
    return loadCategoryCount(ctx, category.id);
  }
}
