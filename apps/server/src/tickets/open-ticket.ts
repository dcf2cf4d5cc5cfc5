import { isStrictAddress, normalizeAddress, normalizeSubject, withoutTags } from '@support-center/mail';
import type { Context } from '../platform/context.ts';
import { rowLock, shareLock } from '../platform/database.ts';
import { emit } from '../platform/events.ts';
import { addLetter, snippetOf } from './add-message.ts';
import { Counter } from './counter.entity.ts';
import type { Letter } from './letter.ts';
import type { Message } from './message.entity.ts';
import { Participant } from './participant.entity.ts';
import { holdsSecrets } from './pgp-state.ts';
import { Requester } from './requester.entity.ts';
import { Ticket } from './ticket.entity.ts';
import { ticketChanged } from './ticket.events.ts';

const MAX_SUBJECT = 500;
const MAX_PARTICIPANTS = 50;

/** Who asks; a letter without a readable sender has null twice. */
export interface RequesterFacts {
  readonly email: string | null;
  readonly name: string | null;
}

/** Opens a ticket for a letter, in the caller's transaction. Its other recipients in Cc take part in it. */
export async function openTicket(
  ctx: Context,
  input: {
    mailboxId: string;
    requester: RequesterFacts;
    subject: string;
    letter: Letter;
    mailboxAddress?: string | null;
    linkedToTicketId?: string | null;
    /** The mailing that the letter answers. */
    campaignId?: string | null;
  },
): Promise<{ ticket: Ticket; message: Message }> {
  const ticket = await createTicket(ctx, { ...input, at: input.letter.receivedAt });
  const message = await addLetter(ctx, ticket, input.letter);
  Object.assign(ticket, {
    messageCount: 1,
    attachmentCount: input.letter.attachments.length,
    snippet: snippetOf(input.letter.newText),
    encrypted: holdsSecrets(input.letter.pgp),
  });
  await ctx.db.update(
    Ticket,
    { id: ticket.id },
    {
      messageCount: ticket.messageCount,
      attachmentCount: ticket.attachmentCount,
      snippet: ticket.snippet,
      encrypted: ticket.encrypted,
    },
  );
  await addParticipants(ctx, ticket, input.letter.cc, input.mailboxAddress ?? null);
  return { ticket, message };
}

/** A letter's subject as that of a ticket. A tag in it names another ticket, as this one had no number when it was written. */
export function ticketSubject(subject: string | null): string {
  return (
    withoutTags(subject ?? '')
      .trim()
      .slice(0, MAX_SUBJECT) || '(no subject)'
  );
}

/** Writes the row of a new ticket with the next number, for a letter or for an agent who writes first. */
export async function createTicket(
  ctx: Context,
  input: {
    mailboxId: string;
    requester: RequesterFacts;
    subject: string;
    at: Date;
    linkedToTicketId?: string | null;
    campaignId?: string | null;
  },
): Promise<Ticket> {
  const requester = await knowRequester(ctx, input.requester);
  const now = ctx.clock.now();
  const ticket = Object.assign(new Ticket(), {
    id: ctx.random.id(now),
    number: await nextNumber(ctx, 'ticket'),
    mailboxId: input.mailboxId,
    subject: ticketSubject(input.subject),
    subjectKey: normalizeSubject(input.subject).key,
    status: 'OPEN',
    priority: 0,
    requesterId: requester.id,
    requesterEmail: requester.email,
    assigneeId: null,
    createdAt: input.at,
    updatedAt: now,
    lastActivityAt: input.at,
    answeredAt: null,
    closedAt: null,
    reopenedAt: null,
    closeWhenSent: false,
    messageCount: 0,
    attachmentCount: 0,
    snippet: '',
    encrypted: false,
    mergedIntoId: null,
    linkedToTicketId: input.linkedToTicketId ?? null,
    campaignId: input.campaignId ?? null,
    lastReplyId: null,
    lastInboundAt: input.at,
  } satisfies Ticket);
  await ctx.db.insert(Ticket, ticket);
  await emit(ctx, ticketChanged({ ticketId: ticket.id }));
  return ticket;
}

/** The requester with this address, made where there is none; a newer name replaces the old one. */
export async function knowRequester(ctx: Context, { email, name }: RequesterFacts): Promise<Requester> {
  const known = email === null ? null : await findKnown(ctx, email);
  const shown = name?.trim().slice(0, 200) || null;
  if (known) {
    if (shown && shown !== known.name) {
      known.name = shown;
      await ctx.db.update(Requester, { id: known.id }, { name: shown });
    }
    return known;
  }
  const now = ctx.clock.now();
  const requester = { id: ctx.random.id(now), email, name: shown, createdAt: now };
  // Who became known by another ticket in the same moment stays who that is.
  const insert = ctx.db.createQueryBuilder().insert().into(Requester).values(requester);
  await insert.orUpdate(['email'], ['email']).updateEntity(false).execute();
  return (email !== null && (await findKnown(ctx, email))) || Object.assign(new Requester(), requester);
}

/** Nobody can forget the requester before the caller's transaction has ended. */
async function findKnown(ctx: Context, email: string): Promise<Requester | null> {
  const lock = shareLock(ctx);
  return ctx.db.findOne(Requester, { where: { email }, ...(lock ? { lock } : {}) });
}

/** Forgets a requester who became known by this ticket alone, which was removed: mass mail to all customers goes to no address that was a slip. */
export async function forgetNewRequester(ctx: Context, { requesterId, createdAt }: Ticket): Promise<void> {
  const lock = rowLock(ctx);
  const requester = await ctx.db.findOne(Requester, { where: { id: requesterId }, ...(lock ? { lock } : {}) });
  if (!requester || requester.createdAt < createdAt || (await ctx.db.existsBy(Ticket, { requesterId }))) return;
  await ctx.db.delete(Requester, { id: requesterId });
}

/** The next number of a counter, without gaps that a rollback would not give back. */
async function nextNumber(ctx: Context, name: string): Promise<number> {
  const lock = rowLock(ctx);
  await ctx.db
    .createQueryBuilder()
    .insert()
    .into(Counter)
    .values({ name, value: 0 })
    .orIgnore()
    .updateEntity(false)
    .execute();
  const row = await ctx.db.findOneOrFail(Counter, { where: { name }, ...(lock ? { lock } : {}) });
  await ctx.db.update(Counter, { name }, { value: row.value + 1 });
  return row.value + 1;
}

/** Those in Cc may write into the ticket; an outsider's letter never adds anybody (follow-ups do not call this). */
export async function addParticipants(
  ctx: Context,
  ticket: Pick<Ticket, 'id' | 'requesterEmail'>,
  cc: readonly string[],
  mailboxAddress: string | null,
): Promise<void> {
  const addresses = new Set(
    cc.map((raw) => normalizeAddress(raw)).filter((address) => address !== null && isStrictAddress(address)),
  );
  addresses.delete(ticket.requesterEmail);
  addresses.delete(mailboxAddress);
  for (const address of [...addresses].slice(0, MAX_PARTICIPANTS)) {
    if (address!.length <= 190)
      await ctx.db.insert(Participant, { ticketId: ticket.id, address: address!, addedAt: ctx.clock.now() });
  }
}
