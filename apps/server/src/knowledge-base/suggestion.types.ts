import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Article } from './article.entity.ts';

@ObjectType({ description: 'A stretch of a text, in UTF-16 code units.' })
export class TextMark {
  @Field(() => Int, { description: 'Where it begins.' })
  start: number;

  @Field(() => Int, { description: 'Where it has ended.' })
  end: number;
}

@ObjectType({ description: 'A word of the letter that was found in an article.' })
export class SuggestionMatch {
  @Field(() => String, { description: 'The word as it stands in the letter.' })
  term: string;

  @Field(() => Float, { description: "Its share of the article's score, 0 to 1." })
  share: number;

  @Field(() => String, {
    description: 'Where it was found: title, body or feedback (letters the article has answered).',
  })
  field: string;
}

@ObjectType({
  description: 'An article that may answer a letter, and why. All texts are plain: escape them before marking.',
})
export class Suggestion {
  @Field(() => Article, { description: 'The article.' })
  article: Article;

  @Field(() => Float, { description: 'How well it fits, 0 to 1, falling down the list.' })
  score: number;

  @Field(() => String, { description: 'The 40 words of it that fit the letter best.' })
  excerpt: string;

  @Field(() => [String], { description: 'The words that count most, heaviest first.' })
  matchedTerms: string[];

  @Field(() => [TextMark], { description: 'Where words of the letter stand in the excerpt.' })
  marks: TextMark[];

  @Field(() => [TextMark], { description: 'Where words of the letter stand in the title.' })
  titleMarks: TextMark[];

  @Field(() => [SuggestionMatch], { description: 'What each matched word counts, and where it was found.' })
  matches: SuggestionMatch[];

  @Field(() => Boolean, { description: 'Somebody found it not useful for this ticket.' })
  dismissed: boolean;
}

/** Whether everything is in the index. */
export const SuggestionIndexState = { WARMING: 'WARMING', READY: 'READY' } as const;
export type SuggestionIndexState = keyof typeof SuggestionIndexState;
registerEnumType(SuggestionIndexState, {
  name: 'SuggestionIndexState',
  description: 'Whether everything is in the index.',
  valuesConfig: {
    WARMING: { description: 'It is being filled, newest articles first; suggestions come from what is in already.' },
    READY: { description: 'Everything is in.' },
  },
});

@ObjectType({ description: 'The index that suggestions come from, of the process that answers.' })
export class SuggestionIndex {
  @Field(() => SuggestionIndexState, { description: 'Whether everything is in.' })
  state: SuggestionIndexState;

  @Field(() => Int, { description: 'How many articles are in.' })
  articles: number;

  @Field(() => Int, { description: 'Max Suggestions of the settings; with 0 there are no suggestions beside tickets.' })
  maxSuggestions: number;
}

@ObjectType({ description: 'What became of suggestions.' })
export class SuggestionStats {
  @Field(() => Int, { description: 'Tickets it was shown for.' })
  shown: number;

  @Field(() => Int, { description: 'Tickets it was inserted or linked in.' })
  inserted: number;

  @Field(() => Int, { description: 'Tickets that were answered with it as it stands.' })
  sentUnchanged: number;

  @Field(() => Int, { description: 'Tickets it was found not useful for.' })
  dismissed: number;
}

@ObjectType({ description: 'What became of the suggestions that were first shown on a day.' })
export class SuggestionReportDay extends SuggestionStats {
  @Field(() => String, { description: 'The day in UTC, as 2026-03-02.' })
  day: string;

  @Field(() => Int, { description: 'Tickets for which no article was good enough.' })
  withoutArticle: number;
}

@ObjectType({ description: 'What became of the suggestions of an article.' })
export class SuggestionReportArticle {
  @Field(() => Article, { description: 'The article.' })
  article: Article;

  @Field(() => SuggestionStats, { description: 'What became of them.' })
  stats: SuggestionStats;
}

@ObjectType('SuggestionGap', { description: 'A question that no article answers.' })
export class SuggestionGapGroup {
  @Field(() => String, { description: 'The newest subject of its kind.' })
  subject: string;

  @Field(() => Int, { description: 'How many tickets asked so.' })
  count: number;

  @Field(() => [Int], { description: 'Their numbers, newest first, at most 10.' })
  ticketNumbers: number[];

  @Field(() => GraphQLDateTime, { description: 'When it was last asked.' })
  lastAt: Date;
}

@ObjectType({ description: 'What suggestions were good for.' })
export class SuggestionReport {
  @Field(() => GraphQLDateTime, { description: 'The begin of the first day.' })
  from: Date;

  @Field(() => GraphQLDateTime, { description: 'Now.' })
  to: Date;

  @Field(() => SuggestionStats, { description: 'All days together.' })
  totals: SuggestionStats;

  @Field(() => [SuggestionReportDay], { description: 'Every day, oldest first.' })
  days: SuggestionReportDay[];

  @Field(() => [SuggestionReportArticle], { description: 'The articles that were shown most, at most 100.' })
  articles: SuggestionReportArticle[];

  @Field(() => [SuggestionGapGroup], {
    description: 'Questions that no article answers, most frequent first, at most 20.',
  })
  gaps: SuggestionGapGroup[];
}

@InputType({ description: 'Whether a suggested article fits a ticket.' })
export class RateSuggestionInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;

  @Field(() => ID, { description: 'The article.' })
  articleId: string;

  @Field(() => Boolean, { description: 'False weakens it for such letters; true takes that back.' })
  useful: boolean;
}

@InputType({ description: 'Names a suggestion.' })
export class SuggestionInput {
  @Field(() => ID, { description: 'The ticket.' })
  ticketId: string;

  @Field(() => ID, { description: 'The article.' })
  articleId: string;
}
