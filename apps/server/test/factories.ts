import { Agent, type Role } from '../src/accounts/agent.entity.ts';
import { InboundMail } from '../src/intake/inbound-mail.entity.ts';
import { processBatch } from '../src/intake/process-mail.job.ts';
import { storeLetters } from '../src/intake/store-letters.ts';
import { deliverySettled } from '../src/outbound/outbound.events.ts';
import { sendDue } from '../src/outbound/sender.ts';
import { receiveBlob } from '../src/platform/blobs.ts';
import type { Actor, Context } from '../src/platform/context.ts';
import { transact } from '../src/platform/database.ts';
import { onEvent, relayEvents } from '../src/platform/events.ts';
import { type JobDefinition, runJob, takeDueJobs } from '../src/platform/jobs.ts';
import { MAIN_MAILBOX, Mailbox } from '../src/settings/mailbox.entity.ts';
import { MailboxSecret } from '../src/settings/mailbox-secret.entity.ts';
import { secretPlace } from '../src/settings/read-settings.ts';
import { SendingSettingsRow } from '../src/settings/sending-settings.entity.ts';
import { SupportSettingsRow } from '../src/settings/support-settings.entity.ts';
import { Message } from '../src/tickets/message.entity.ts';
import { settleDelivery } from '../src/tickets/settle-delivery.job.ts';
import { Ticket } from '../src/tickets/ticket.entity.ts';

export const SUPPORT = 'support@desk.example';

/** Settings as after a whole set-up, changed as told. */
export async function saveDesk(
  ctx: Context,
  settings: Partial<SupportSettingsRow> = {},
  mailbox: Partial<Mailbox> = {},
  sending: Partial<SendingSettingsRow> = {},
): Promise<void> {
  await transact(ctx, async (ctx) => {
    await ctx.db.save(SupportSettingsRow, Object.assign(new SupportSettingsRow(), settings));
    const defaults = {
      supportEmail: SUPPORT,
      pop3Host: '127.0.0.1',
      pop3Port: 110,
      pop3Security: 'NONE' as const,
      pop3User: 'login',
      smtpHost: 'smtp.desk.example',
    };
    await ctx.db.save(SendingSettingsRow, Object.assign(new SendingSettingsRow(), { undoSeconds: 0 }, sending));
    await ctx.db.save(Mailbox, Object.assign(new Mailbox(), defaults, mailbox));
    await ctx.db.save(MailboxSecret, {
      mailboxId: MAIN_MAILBOX,
      kind: 'POP3',
      sealed: ctx.secrets.seal(secretPlace('POP3'), 'pop3 secret'),
      updatedAt: ctx.clock.now(),
    });
  });
}

/** An agent who may sign in once a password is set. */
export async function buildAgent(
  ctx: Context,
  fields: { name?: string; email?: string; role?: Role } = {},
): Promise<Agent> {
  const now = ctx.clock.now();
  const agent = Object.assign(
    new Agent(),
    {
      id: ctx.random.id(now),
      name: 'Dana',
      email: `${ctx.random.token(6).toLowerCase()}@desk.example`,
      role: 'ADMIN',
      createdAt: now,
      disabledAt: null,
      lastSeenAt: null,
    },
    fields,
  );
  await transact(ctx, (ctx) => ctx.db.insert(Agent, agent));
  return agent;
}

/** What a signed-in agent acts as. */
export function agentActor(agent: Agent): Actor {
  return { kind: 'agent', agentId: agent.id, sessionId: 'session', role: agent.role };
}

/** The parts of a plain letter; `headers` are added as they are. */
export interface LetterParts {
  from?: string;
  to?: string;
  subject?: string;
  text?: string;
  id?: string;
  headers?: string[];
}

let letters = 0;

/** A plain letter as bytes. */
export function letterBytes({
  from = 'Anna <anna@acme.example>',
  to = SUPPORT,
  subject = 'Printer on fire',
  text,
  id,
  headers = [],
}: LetterParts = {}): Buffer {
  const n = ++letters;
  const lines = [
    `From: ${from}`,
    `To: ${to}`,
    `Subject: ${subject}`,
    `Message-ID: <${id ?? `letter-${n}@acme.example`}>`,
    'Date: Mon, 02 Mar 2026 08:59:00 +0000',
    ...headers,
    '',
    text ?? `Please help me with the matter number ${n}.`,
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}

/** Stores a letter as collecting does, without processing it. */
export async function storeLetter(
  ctx: Context,
  letter: LetterParts | Buffer,
  sourceKey = `uid-${++letters}`,
): Promise<InboundMail> {
  const bytes = Buffer.isBuffer(letter) ? letter : letterBytes(letter);
  const blob = await receiveBlob(ctx, [bytes], 1e9);
  await storeLetters(ctx, MAIN_MAILBOX, [{ sourceKey, blob, listedBytes: bytes.length, leftOnServer: false }]);
  return ctx.db.findOneByOrFail(InboundMail, { sha256: blob.sha256 });
}

/** Stores a letter and lets it find its fate. */
export async function receiveLetter(ctx: Context, letter: LetterParts | Buffer = {}): Promise<InboundMail> {
  const { id } = await storeLetter(ctx, letter);
  await processBatch(ctx);
  return ctx.db.findOneByOrFail(InboundMail, { id });
}

/** A ticket out of a letter. */
export async function receiveTicket(ctx: Context, letter: LetterParts = {}): Promise<Ticket> {
  const mail = await receiveLetter(ctx, letter);
  return ctx.db.findOneByOrFail(Ticket, { id: mail.ticketId! });
}

export async function ticketOf(ctx: Context, id: string): Promise<Ticket> {
  return ctx.db.findOneByOrFail(Ticket, { id });
}

export async function messagesOf(ctx: Context, ticketId: string): Promise<Message[]> {
  return ctx.db.find(Message, { where: { ticketId }, order: { createdAt: 'ASC', id: 'ASC' } });
}

/** Runs every waiting mail and what its delivery means for tickets, once. */
export async function deliverMail(ctx: Context): Promise<void> {
  await sendDue(ctx);
  await relayEvents(ctx, [onEvent(deliverySettled, settleDelivery)]);
  await runDue(ctx, settleDelivery);
}

/** Runs the due jobs of one kind. */
export async function runDue<P>(ctx: Context, job: JobDefinition<P>): Promise<void> {
  for (const row of await takeDueJobs(ctx, [job.name], 100))
    await runJob(ctx, job as unknown as JobDefinition, row, new AbortController().signal);
}
