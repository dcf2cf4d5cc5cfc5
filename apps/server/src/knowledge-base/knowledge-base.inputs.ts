import { Field, ID, InputType, Int } from 'type-graphql';

@InputType({ description: 'A knowledge base to make or to change.' })
export class KnowledgeBaseInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; left out: a new one.' })
  id?: string | null;

  @Field(() => String, { nullable: true, description: 'Its name, 1 to 120 characters; needed for a new one.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 500 characters.' })
  description?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'No end user ever sees an article of it.' })
  staffOnly?: boolean | null;
}

@InputType({ description: 'Names a knowledge base.' })
export class KnowledgeBaseIdInput {
  @Field(() => ID, { description: 'The base.' })
  knowledgeBaseId: string;
}

@InputType({ description: 'A category to make or to change.' })
export class ArticleCategoryInput {
  @Field(() => ID, { nullable: true, description: 'Which one to change; left out: a new one.' })
  id?: string | null;

  @Field(() => ID, { description: 'Its base.' })
  knowledgeBaseId: string;

  @Field(() => ID, { nullable: true, description: 'The category above a new one; null: it stands at the top.' })
  parentId?: string | null;

  @Field(() => String, { description: 'Its name, 1 to 120 characters.' })
  name: string;
}

@InputType({ description: 'Where a category shall stand.' })
export class MoveArticleCategoryInput {
  @Field(() => ID, { description: 'The category.' })
  categoryId: string;

  @Field(() => ID, { nullable: true, description: 'The category above it; null: it stands at the top.' })
  parentId?: string | null;

  @Field(() => Int, { description: 'Its place among its siblings, from 0; beyond the last one: the end.' })
  position: number;
}

@InputType({ description: 'Names a category.' })
export class ArticleCategoryIdInput {
  @Field(() => ID, { description: 'The category.' })
  categoryId: string;
}

@InputType({ description: 'Which articles a list shows; what is left out does not narrow it.' })
export class ArticleFilter {
  @Field(() => ID, { nullable: true, description: 'Those of this category and of those below it.' })
  categoryId?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Those of no category.' })
  uncategorised?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'The published ones, or with false the drafts.' })
  published?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Those for staff only, or with false the others.' })
  staffOnly?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Those in this language.' })
  language?: string | null;

  @Field(() => String, { nullable: true, description: 'Words in title, keywords or address; at most 200 characters.' })
  search?: string | null;
}

@InputType({ description: 'An article to make or to change. Fields left out stay as they are.' })
export class ArticleInput {
  @Field(() => ID, {
    nullable: true,
    description: 'Which one to change; left out: a new one. With version 0: the UUID that a new one shall have.',
  })
  id?: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The version that the writer has seen; if it has changed meanwhile, nothing is saved (CONFLICT). 0: there is none yet, so that a save that is sent twice makes one article.',
  })
  version?: number | null;

  @Field(() => ID, { description: 'The base it stands in; another one moves it there.' })
  knowledgeBaseId: string;

  @Field(() => ID, { nullable: true, description: 'The category it stands under; null: none.' })
  categoryId?: string | null;

  @Field(() => String, { description: 'Its title, 1 to 300 characters.' })
  title: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its name in addresses; left out: made of the title of a new one, and kept afterwards.',
  })
  slug?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is about, at most 500 characters.' })
  summary?: string | null;

  @Field(() => String, { description: 'Its body as Markdown, at most 40,000 characters.' })
  body: string;

  @Field(() => [String], { nullable: true, description: 'At most 50 words of 100 characters.' })
  keywords?: string[] | null;

  @Field(() => String, { nullable: true, description: 'A tag such as en; left out for a new one: guessed.' })
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'False, a draft, for a new one.' })
  published?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'End users do not see it; false for a new one.' })
  staffOnly?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Saved while typing: joins the state that the same author wrote within the last ten minutes.',
  })
  autosave?: boolean | null;
}

@InputType({ description: 'Names an article.' })
export class ArticleIdInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;
}

@InputType({ description: 'All that a published article shall say once its changes are published.' })
export class UnpublishedChangesInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;

  @Field(() => Int, {
    description:
      'The version of the article that they were made from; if it has changed meanwhile, nothing is saved (CONFLICT).',
  })
  articleVersion: number;

  @Field(() => ID, {
    nullable: true,
    description:
      'The version of the unpublished changes that the writer has seen; left out: there were none. If they have changed meanwhile, nothing is saved (CONFLICT).',
  })
  version?: string | null;

  @Field(() => String, { description: 'Its title, 1 to 300 characters.' })
  title: string;

  @Field(() => String, { description: 'What it is about, at most 500 characters.' })
  summary: string;

  @Field(() => String, { description: 'Its body as Markdown, at most 40,000 characters.' })
  body: string;

  @Field(() => [String], { description: 'At most 50 words of 100 characters.' })
  keywords: string[];

  @Field(() => String, { description: 'A tag such as en.' })
  language: string;

  @Field(() => Boolean, { description: 'End users do not see it.' })
  staffOnly: boolean;

  @Field(() => ID, { nullable: true, description: 'The category it stands under; null: none.' })
  categoryId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Saved while typing: joins what the same author saved within the last ten minutes.',
  })
  autosave?: boolean | null;
}

@InputType({ description: 'Names unpublished changes as the writer has seen them.' })
export class UnpublishedChangesIdInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;

  @Field(() => ID, { description: 'Their version; if they have changed meanwhile, nothing is done (CONFLICT).' })
  version: string;
}

@InputType({ description: 'Which earlier state an article shall have again.' })
export class RestoreArticleVersionInput {
  @Field(() => ID, { description: 'The article.' })
  articleId: string;

  @Field(() => ID, { description: 'The state.' })
  versionId: string;

  @Field(() => Int, {
    nullable: true,
    description: 'The version that the writer has seen; if it has changed meanwhile, nothing is done (CONFLICT).',
  })
  version?: number | null;
}
