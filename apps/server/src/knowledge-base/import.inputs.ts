import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';

@InputType({ description: 'An article as it comes from elsewhere.' })
export class ImportedArticleInput {
  @Field(() => String, {
    nullable: true,
    description: 'Your own key, at most 100 characters: the same key again changes the article instead of adding one.',
  })
  externalId?: string | null;

  @Field(() => String, { description: 'Its title, 1 to 300 characters.' })
  title: string;

  @Field(() => String, { description: 'Its body as Markdown, at most 40,000 characters.' })
  body: string;

  @Field(() => String, { nullable: true, description: 'What it is about, at most 500 characters.' })
  summary?: string | null;

  @Field(() => String, { nullable: true, description: 'Its name in addresses; where it is taken, it is made unique.' })
  slug?: string | null;

  @Field(() => [String], { nullable: true, description: 'At most 50 words of 100 characters.' })
  keywords?: string[] | null;

  @Field(() => String, { nullable: true, description: 'A tag such as en; left out: guessed.' })
  language?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'False, a draft, when left out.' })
  published?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'End users do not see it.' })
  staffOnly?: boolean | null;

  @Field(() => [String], {
    nullable: true,
    description: 'The names of its categories from the top, at most 4; they are made where they are missing.',
  })
  categoryPath?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Letters that it answered before, newest first, at most 200: the newest 50 are cleaned and learnt as from closed tickets.',
  })
  pastQuestions?: string[] | null;
}

@InputType({ description: 'Articles for a base: all of them are taken, or none with an error per wrong field.' })
export class ImportArticlesInput {
  @Field(() => ID, { description: 'The base.' })
  knowledgeBaseId: string;

  @Field(() => [ImportedArticleInput], { description: '1 to 500 articles.' })
  articles: ImportedArticleInput[];
}

@InputType({ description: 'A Markdown file, perhaps with front matter.' })
export class MarkdownFileInput {
  @Field(() => String, { description: 'Its name; the title where the file gives none.' })
  name: string;

  @Field(() => String, { description: 'What is in it.' })
  text: string;
}

@InputType({ description: 'Markdown files for a base.' })
export class ImportMarkdownInput {
  @Field(() => ID, { description: 'The base.' })
  knowledgeBaseId: string;

  @Field(() => [MarkdownFileInput], { description: '1 to 100 files.' })
  files: MarkdownFileInput[];
}

@ObjectType({ description: 'A file that was not taken.' })
export class ImportProblem {
  @Field(() => Int, { description: 'Its place in what was sent, from 0.' })
  index: number;

  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'What is wrong with it.' })
  message: string;
}

@ObjectType({ description: 'What an import has done.' })
export class ImportResult {
  @Field(() => Int, { description: 'Articles that are new.' })
  added: number;

  @Field(() => Int, { description: 'Articles that were there and say something else now.' })
  updated: number;

  @Field(() => Int, { description: 'Articles that were there and said the same.' })
  unchanged: number;

  @Field(() => [ID], { description: 'The articles in the order in which they were sent.' })
  articleIds: string[];

  @Field(() => [ImportProblem], { description: 'Files that were not taken.' })
  problems: ImportProblem[];
}
