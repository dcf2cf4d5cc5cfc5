import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Agent } from '../accounts/agent.entity.ts';
import { REPLY_PLACEHOLDERS } from '../outbound/mail-templates.ts';
import { Placeholder } from '../outbound/template.resolver.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { loadAgent } from '../tickets/ticket-loaders.ts';
import { deleteSavedReply } from './delete-saved-reply.ts';
import { fillSavedReply } from './fill-saved-reply.ts';
import { findSavedReply, listSavedReplies } from './list-saved-replies.ts';
import { saveSavedReply } from './save-saved-reply.ts';
import { EVERYBODY, SavedReply, SavedReplyReach } from './saved-reply.entity.ts';
import { requireMayUse } from './saved-reply.policy.ts';
import { SavedReplyConnection, SavedReplyIdInput, SavedReplyInput } from './saved-reply.types.ts';

@Resolver(() => SavedReply)
export class SavedReplyResolver {
  @Query(() => SavedReplyConnection, {
    description: "What the viewer may put into a reply: saved replies for everybody, and the viewer's own.",
  })
  async savedReplies(
    @Ctx() ctx: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'Where the window before ended.' })
    after: string | null,
  ): Promise<SavedReplyConnection> {
    return listSavedReplies(ctx, { first, after });
  }

  @Query(() => SavedReply, {
    nullable: true,
    description: 'One saved reply; null: there is none, or not for the viewer.',
  })
  async savedReply(
    @Ctx() ctx: GraphqlContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<SavedReply | null> {
    return findSavedReply(ctx, id);
  }

  @Query(() => [Placeholder], { description: 'What saved replies may use.' })
  savedReplyPlaceholders(@Ctx() ctx: GraphqlContext): readonly Placeholder[] {
    requireMayUse(ctx.actor);
    return REPLY_PLACEHOLDERS;
  }

  @Mutation(() => SavedReply, {
    description:
      'Makes or changes a saved reply. Agents, also those for everybody; tokens with tickets:write, only those for everybody.',
  })
  async saveSavedReply(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SavedReplyInput, { description: 'The saved reply.' }) input: SavedReplyInput,
  ): Promise<SavedReply> {
    return saveSavedReply(ctx, input);
  }

  @Mutation(() => SavedReply, {
    description: 'Deletes a saved reply and answers it as it stood, so that it can be made anew.',
  })
  async deleteSavedReply(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SavedReplyIdInput, { description: 'Which one.' }) input: SavedReplyIdInput,
  ): Promise<SavedReply> {
    return deleteSavedReply(ctx, input.savedReplyId);
  }

  @FieldResolver(() => SavedReplyReach, { description: 'Whom it is for.' })
  reach(@Root() { ownerId }: SavedReply): SavedReplyReach {
    return ownerId === EVERYBODY ? 'EVERYBODY' : 'MINE';
  }

  @FieldResolver(() => String, {
    description:
      'Its words with the placeholders filled in for a ticket; what has no value there stays as {{name}}. Without a ticket: what is known without one.',
  })
  async filled(
    @Root() reply: SavedReply,
    @Ctx() ctx: GraphqlContext,
    @Arg('ticketId', () => ID, { nullable: true, description: 'The ticket.' }) ticketId: string | null,
  ): Promise<string> {
    return fillSavedReply(ctx, reply, ticketId ?? null);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who changed it last; null: a program.' })
  async updatedBy(@Root() { updatedById }: SavedReply, @Ctx() ctx: GraphqlContext): Promise<Agent | null> {
    return updatedById === null ? null : loadAgent(ctx, updatedById);
  }
}
