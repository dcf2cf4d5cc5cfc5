import { Field, ID, ObjectType } from 'type-graphql';
import { ConnectionType } from '../platform/pagination.ts';
import { Article } from './article.entity.ts';
import { ArticleVersion } from './article-version.entity.ts';

@ObjectType({ description: 'A window of articles, last changed first.' })
export class ArticleConnection extends ConnectionType {
  @Field(() => [Article], { description: 'The articles of the window.' })
  nodes: Article[];
}

@ObjectType({ description: 'A window of earlier states of an article, newest first.' })
export class ArticleVersionConnection extends ConnectionType {
  @Field(() => [ArticleVersion], { description: 'The states of the window.' })
  nodes: ArticleVersion[];
}

@ObjectType({ description: 'A link in an article that leads nowhere, or to the former address of another one.' })
export class LinkProblem {
  @Field(() => ID, { description: 'The article it stands in.' })
  articleId: string;

  @Field(() => String, { description: 'The title of that article.' })
  articleTitle: string;

  @Field(() => String, { description: 'The link as written.' })
  link: string;

  @Field(() => String, { description: 'What is wrong with it.' })
  message: string;
}
