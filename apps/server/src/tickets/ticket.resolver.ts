import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { hasScope } from '../accounts/account.policy.ts';
import { Agent } from '../accounts/agent.entity.ts';
import { invalidInput } from '../platform/errors.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { addNote } from './add-note.ts';
import { assignTicket } from './assign-ticket.ts';
import { clearRequesterUndeliverable } from './clear-undeliverable.ts';
import { closeTicket, reopenTicket } from './close-ticket.ts';
import { closesAt } from './closes-at.ts';
import { Draft } from './draft.entity.ts';
import { highlightOf } from './highlight.ts';
import { listMessages } from './list-messages.ts';
import { countTickets, listTickets } from './list-tickets.ts';
import { markTicketRead } from './mark-ticket-read.ts';
import { Message } from './message.entity.ts';
import { replyToTicket } from './reply-to-ticket.ts';
import { Requester } from './requester.entity.ts';
import { markDelivered, retryDelivery } from './retry-delivery.ts';
import { saveDraft } from './save-draft.ts';
import type { SectionName } from './section-name.ts';
import { setTicketOnHold } from './set-ticket-on-hold.ts';
import { startTicket } from './start-ticket.ts';
import { Ticket } from './ticket.entity.ts';
import {
  AddNoteInput,
  AssignTicketInput,
  MarkTicketReadInput,
  MessageIdInput,
  OpenTicketInput,
  ReplyToTicketInput,
  SaveDraftInput,
  SetTicketOnHoldInput,
  TicketFilter,
  TicketIdInput,
} from './ticket.inputs.ts';
import { requireMayRead } from './ticket.policy.ts';
import { Highlight, MessageConnection, TicketConnection, TicketCounts, TicketSection } from './ticket.types.ts';
import {
  loadAgent,
  loadDraft,
  loadFirstMessages,
  loadReadAt,
  loadRequester,
  loadRules,
  loadTicketCounts,
} from './ticket-loaders.ts';

/** The topic of changed tickets; its payload names the ticket. */
export const TICKET_CHANGED = 'TICKET_CHANGED';

@Resolver(() => Ticket)
export class TicketResolver {
  @Query(() => [TicketSection], {
    description:
      'The sections of the Tickets Center: the main queue always, Answered and On Hold where the settings show them.',
  })
  async ticketSections(@Ctx() ctx: GraphqlContext): Promise<TicketSection[]> {
    requireMayRead(ctx.actor);
    const { settings } = await loadRules(ctx);
    const shown: SectionName[] = [
      'MAIN',
      ...(settings.showAnswered ? ['ANSWERED' as const] : []),
      ...(settings.showOnHold ? ['ON_HOLD' as const] : []),
    ];
    return shown.map((name) => ({ name }));
  }

  @Query(() => TicketConnection, { description: 'Tickets, newest activity first.' })
  async tickets(
    @Ctx() ctx: GraphqlContext,
    @Arg('filter', () => TicketFilter, { nullable: true, description: 'Which ones.' }) filter: TicketFilter | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The end cursor of the window before.' }) after:
      | string
      | null,
  ): Promise<TicketConnection> {
    return listTickets(ctx, filter ?? {}, { first, after });
  }

  @Query(() => Ticket, { nullable: true, description: 'One ticket by its id or its number; null: there is none.' })
  async ticket(
    @Ctx() ctx: GraphqlContext,
    @Arg('id', () => ID, { nullable: true, description: 'Its id.' }) id: string | null,
    @Arg('number', () => Int, { nullable: true, description: 'Its number.' }) number: number | null,
  ): Promise<Ticket | null> {
    requireMayRead(ctx.actor);
    if (!id && !number) throw invalidInput([{ path: 'id', message: 'Give the id or the number of a ticket.' }]);
    return ctx.db.findOneBy(Ticket, id ? { id } : { number: number! });
  }

  @Query(() => TicketCounts, { description: 'How many tickets wait for us.' })
  async ticketCounts(@Ctx() ctx: GraphqlContext): Promise<TicketCounts> {
    requireMayRead(ctx.actor);
    const status = ['OPEN' as const];
    const mine = ctx.actor.kind === 'agent' ? await countTickets(ctx, { status, assigneeId: ctx.actor.agentId }) : 0;
    return {
      open: await countTickets(ctx, { status }),
      mine,
      unassigned: await countTickets(ctx, { status, unassigned: true }),
      highlighted: await countTickets(ctx, { status, highlighted: true }),
    };
  }

  @Mutation(() => Message, { description: 'Answers the requester by mail from the Support Email.' })
  async replyToTicket(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ReplyToTicketInput, { description: 'The answer.' }) input: ReplyToTicketInput,
  ): Promise<Message> {
    return replyToTicket(ctx, input);
  }

  @Mutation(() => Message, { description: 'Adds words that only agents see. Never closes or answers.' })
  async addNote(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => AddNoteInput, { description: 'The note.' }) input: AddNoteInput,
  ): Promise<Message> {
    return addNote(ctx, input);
  }

  @Mutation(() => Ticket, { description: 'Puts a ticket on hold, or takes it off.' })
  async setTicketOnHold(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SetTicketOnHoldInput, { description: 'What to set.' }) input: SetTicketOnHoldInput,
  ): Promise<Ticket> {
    return setTicketOnHold(ctx, input);
  }

  @Mutation(() => Ticket, { description: 'Closes a ticket.' })
  async closeTicket(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => TicketIdInput, { description: 'Which one.' }) input: TicketIdInput,
  ): Promise<Ticket> {
    return closeTicket(ctx, input);
  }

  @Mutation(() => Ticket, { description: 'Opens a closed ticket again.' })
  async reopenTicket(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => TicketIdInput, { description: 'Which one.' }) input: TicketIdInput,
  ): Promise<Ticket> {
    return reopenTicket(ctx, input);
  }

  @Mutation(() => Ticket, { description: 'Makes an agent responsible for a ticket, or nobody.' })
  async assignTicket(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => AssignTicketInput, { description: 'Who.' }) input: AssignTicketInput,
  ): Promise<Ticket> {
    return assignTicket(ctx, input);
  }

  @Mutation(() => Ticket, { description: 'Notes whether the viewer has read a ticket.' })
  async markTicketRead(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MarkTicketReadInput, { description: 'What to note.' }) input: MarkTicketReadInput,
  ): Promise<Ticket> {
    return markTicketRead(ctx, input);
  }

  @Mutation(() => Draft, {
    nullable: true,
    description: 'Keeps what the viewer has typed; null: it was blank and is forgotten.',
  })
  async saveDraft(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SaveDraftInput, { description: 'The draft.' }) input: SaveDraftInput,
  ): Promise<Draft | null> {
    return saveDraft(ctx, input);
  }

  @Mutation(() => Message, { description: 'Sends a failed or unknown reply again, as the same mail.' })
  async retryDelivery(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MessageIdInput, { description: 'The reply.' }) input: MessageIdInput,
  ): Promise<Message> {
    return retryDelivery(ctx, input);
  }

  @Mutation(() => Message, { description: 'Notes that a reply of unknown delivery arrived.' })
  async markDelivered(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => MessageIdInput, { description: 'The reply.' }) input: MessageIdInput,
  ): Promise<Message> {
    return markDelivered(ctx, input);
  }

  @Mutation(() => Ticket, { description: 'Notes that mail reaches the requester after all, although some came back.' })
  async clearUndeliverable(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => TicketIdInput, { description: 'A ticket of theirs.' }) input: TicketIdInput,
  ): Promise<Ticket> {
    return clearRequesterUndeliverable(ctx, input);
  }

  @Mutation(() => Ticket, { description: 'Opens a ticket with a first mail to somebody.' })
  async openTicket(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => OpenTicketInput, { description: 'The mail.' }) input: OpenTicketInput,
  ): Promise<Ticket> {
    return startTicket(ctx, input);
  }

  @Subscription(() => Ticket, {
    topics: TICKET_CHANGED,
    filter: ({ context }) => hasScope((context as GraphqlContext).actor, 'tickets:read'),
    description: 'A ticket that was opened or changed, after the fact.',
  })
  async ticketChanged(@Root() payload: { ticketId: string }, @Ctx() ctx: GraphqlContext): Promise<Ticket> {
    ctx.loaders.clear();
    return ctx.db.findOneByOrFail(Ticket, { id: payload.ticketId });
  }

  @FieldResolver(() => Requester, { description: 'Who asks.' })
  async requester(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<Requester> {
    return (await loadRequester(ctx, ticket.requesterId))!;
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'The agent responsible; null: nobody.' })
  async assignee(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<Agent | null> {
    return ticket.assigneeId ? loadAgent(ctx, ticket.assigneeId) : null;
  }

  @FieldResolver(() => Highlight, {
    nullable: true,
    description: 'Set when the sender is on the list Highlight E-mails now.',
  })
  async highlight(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<Highlight | null> {
    return highlightOf(ticket.requesterEmail, (await loadRules(ctx)).highlight);
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'When an answered ticket closes by itself; null: not by time.',
  })
  async closesAt(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<Date | null> {
    return closesAt(ticket, (await loadRules(ctx)).settings.closeAnsweredAfterDays);
  }

  @FieldResolver(() => String, { nullable: true, description: 'The Support Email it came to.' })
  async mailbox(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<string | null> {
    return ticket.mailboxId === MAIN_MAILBOX ? (await loadRules(ctx)).settings.supportEmail : null;
  }

  @FieldResolver(() => Boolean, { description: 'The viewer has not read its newest letter.' })
  async unread(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<boolean> {
    const readAt = await loadReadAt(ctx, ticket.id);
    return readAt === null || readAt < ticket.lastInboundAt;
  }

  @FieldResolver(() => MessageConnection, { description: 'Its messages, oldest first.' })
  async messages(
    @Root() ticket: Ticket,
    @Ctx() ctx: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The end cursor of the window before.' }) after:
      | string
      | null,
  ): Promise<MessageConnection> {
    return after === null || after === undefined
      ? loadFirstMessages(ctx, ticket, first)
      : listMessages(ctx, ticket.id, { first, after });
  }

  @FieldResolver(() => Int, { description: 'How many tickets the requester has.' })
  async requesterTicketCount(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<number> {
    return (await loadTicketCounts(ctx, ticket.requesterId)).all;
  }

  @FieldResolver(() => Int, { description: 'How many of them wait for us.' })
  async requesterOpenCount(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<number> {
    return (await loadTicketCounts(ctx, ticket.requesterId)).open;
  }

  @FieldResolver(() => GraphQLDateTime, { description: 'When the requester first wrote.' })
  async requesterFirstSeenAt(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<Date> {
    return (await loadRequester(ctx, ticket.requesterId))?.createdAt ?? ticket.createdAt;
  }

  @FieldResolver(() => Draft, { nullable: true, description: "The viewer's unsent words." })
  async draft(@Root() ticket: Ticket, @Ctx() ctx: GraphqlContext): Promise<Draft | null> {
    return loadDraft(ctx, ticket.id);
  }
}
