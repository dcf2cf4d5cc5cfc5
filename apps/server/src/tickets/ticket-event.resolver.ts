import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Agent } from '../accounts/agent.entity.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { addSender } from './add-sender.ts';
import { mergeTickets } from './merge-tickets.ts';
import { moveMessage } from './move-message.ts';
import { splitMessage } from './split-message.ts';
import { Ticket } from './ticket.entity.ts';
import {
  MergeTicketsInput,
  MessageIdInput,
  MoveMessageInput,
  SplitMessageInput,
  TicketEventIdInput,
} from './ticket.inputs.ts';
import { TicketEvent } from './ticket-event.entity.ts';
import { loadAgent, loadTicket } from './ticket-loaders.ts';
import { undoTicketEvent } from './undo-ticket-event.ts';

@Resolver(() => TicketEvent)
export class TicketEventResolver {
  @Mutation(() => TicketEvent, { description: 'Makes a ticket of its own of one letter.' })
  async splitMessage(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SplitMessageInput, { description: 'Which letter.' }) input: SplitMessageInput,
  ): Promise<TicketEvent> {
    return splitMessage(ctx, input);
  }

  @Mutation(() => TicketEvent, { description: 'Puts one letter or note into another ticket.' })
  async moveMessage(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MoveMessageInput, { description: 'What goes where.' }) input: MoveMessageInput,
  ): Promise<TicketEvent> {
    return moveMessage(ctx, input);
  }

  @Mutation(() => TicketEvent, { description: 'Puts everything of a ticket into another one, and leads there.' })
  async mergeTickets(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MergeTicketsInput, { description: 'Which two.' }) input: MergeTicketsInput,
  ): Promise<TicketEvent> {
    return mergeTickets(ctx, input);
  }

  @Mutation(() => TicketEvent, {
    description: 'Lets the sender of a letter take part in its ticket: quoted, and reached by replies.',
  })
  async addSenderToTicket(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MessageIdInput, { description: 'A letter of that sender.' }) input: MessageIdInput,
  ): Promise<TicketEvent> {
    return addSender(ctx, input);
  }

  @Mutation(() => TicketEvent, { description: 'Takes back a split, a move, a merge or an added sender.' })
  async undoTicketEvent(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => TicketEventIdInput, { description: 'Which line of history.' }) input: TicketEventIdInput,
  ): Promise<TicketEvent> {
    return undoTicketEvent(ctx, input);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who did it; null: a program.' })
  async agent(@Root() event: TicketEvent, @Ctx() ctx: GraphqlContext): Promise<Agent | null> {
    return event.agentId ? loadAgent(ctx, event.agentId) : null;
  }

  @FieldResolver(() => Ticket, {
    nullable: true,
    description: 'Where it was done: the ticket that a message left, or that was merged away; null: it was deleted.',
  })
  async ticket(@Root() event: TicketEvent, @Ctx() ctx: GraphqlContext): Promise<Ticket | null> {
    return loadTicket(ctx, event.ticketId);
  }

  @FieldResolver(() => Ticket, { nullable: true, description: 'The ticket that messages went to.' })
  async otherTicket(@Root() event: TicketEvent, @Ctx() ctx: GraphqlContext): Promise<Ticket | null> {
    return event.otherTicketId ? loadTicket(ctx, event.otherTicketId) : null;
  }
}
