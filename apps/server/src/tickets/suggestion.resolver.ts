import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { RateSuggestionInput, Suggestion, SuggestionInput } from '../knowledge-base/suggestion.types.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { noteSuggestionInserted, rateSuggestion } from './rate-suggestion.ts';
import { suggestForTicket } from './suggest-for-ticket.ts';
import { Ticket } from './ticket.entity.ts';
import { loadRules } from './ticket-loaders.ts';

@Resolver(() => Ticket)
export class TicketSuggestionResolver {
  @FieldResolver(() => [Suggestion], {
    description:
      'Articles of the Default Support KnowledgeBase that answer it, best first, at most Max Suggestions, none below the floor. Agents, and tokens with kb:read.',
  })
  async suggestions(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<Suggestion[]> {
    return suggestForTicket(ctx, ticket, (await loadRules(ctx)).settings);
  }

  @Mutation(() => Boolean, { description: 'Says whether a suggested article fits a ticket.' })
  async rateSuggestion(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => RateSuggestionInput, { description: 'Which one, and whether.' }) input: RateSuggestionInput,
  ): Promise<boolean> {
    return rateSuggestion(ctx, input);
  }

  @Mutation(() => Boolean, { description: 'Notes that the writer put a suggested article into the reply.' })
  async noteSuggestionInserted(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SuggestionInput, { description: 'Which one.' }) input: SuggestionInput,
  ): Promise<boolean> {
    return noteSuggestionInserted(ctx, input);
  }
}
