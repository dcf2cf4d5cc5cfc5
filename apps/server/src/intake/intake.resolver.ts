import { Arg, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { MoreThan } from 'typeorm';
import { requireScope } from '../accounts/account.policy.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { MAIN_MAILBOX } from '../settings/mailbox.entity.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { loadTicketOfLetter } from '../tickets/ticket-loaders.ts';
import { requestCollection } from './collect-mailbox.job.ts';
import { InboundMail } from './inbound-mail.entity.ts';
import {
  InboundMailConnection,
  InboundMailFilter,
  InboundMailIdInput,
  MailboxCollection,
  PauseCollectionInput,
} from './intake.types.ts';
import { listInboundMails } from './list-inbound-mails.ts';
import { MailboxEvent } from './mailbox-event.entity.ts';
import { readStatus, setPaused } from './mailbox-status.ts';
import { releaseInboundMail } from './release-inbound-mail.ts';

const HOUR_MS = 3_600_000;
const LOG_LINES = 50;

async function readCollection(ctx: GraphqlContext): Promise<MailboxCollection> {
  const { supportEmail, pop3User } = await readSettings(ctx);
  const status = await readStatus(ctx, MAIN_MAILBOX);
  return {
    ...status,
    id: MAIN_MAILBOX,
    address: supportEmail ?? pop3User ?? 'No address yet',
    collecting: status.collectingSince !== null,
  };
}

@Resolver(() => InboundMail)
export class IntakeResolver {
  @Query(() => [MailboxCollection], { description: 'How collecting goes, one per mailbox.' })
  async collection(@Ctx() ctx: GraphqlContext): Promise<MailboxCollection[]> {
    requireScope(ctx.actor, 'tickets:read');
    return [await readCollection(ctx)];
  }

  @Query(() => InboundMailConnection, { description: 'The ledger of every letter ever seen, newest first.' })
  async inboundMails(
    @Ctx() ctx: GraphqlContext,
    @Arg('filter', () => InboundMailFilter, { nullable: true, description: 'Which ones.' })
    filter: InboundMailFilter | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The end cursor of the window before.' }) after:
      | string
      | null,
  ): Promise<InboundMailConnection> {
    requireScope(ctx.actor, 'tickets:read');
    return listInboundMails(ctx, filter ?? {}, { first, after });
  }

  @Mutation(() => Boolean, { description: 'Asks for a collection at once.' })
  async collectNow(@Ctx() ctx: GraphqlContext): Promise<boolean> {
    requireScope(ctx.actor, 'tickets:write');
    await requestCollection(ctx);
    return true;
  }

  @Mutation(() => MailboxCollection, {
    description: 'Pauses collecting, or lets it go on. Mail waits on the server meanwhile.',
  })
  async pauseCollection(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => PauseCollectionInput, { description: 'What to set.' }) input: PauseCollectionInput,
  ): Promise<MailboxCollection> {
    requireScope(ctx.actor, 'settings:write');
    await setPaused(ctx, MAIN_MAILBOX, input.paused);
    if (!input.paused) await requestCollection(ctx);
    return readCollection(ctx);
  }

  @Mutation(() => InboundMail, { description: 'Makes a ticket of a blocked or held letter after all.' })
  async releaseInboundMail(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => InboundMailIdInput, { description: 'Which letter.' }) input: InboundMailIdInput,
  ): Promise<InboundMail> {
    return releaseInboundMail(ctx, input.inboundMailId);
  }

  @FieldResolver(() => Ticket, {
    nullable: true,
    description: 'The ticket it opened or joined, or where it was put since.',
  })
  async ticket(@Root() mail: InboundMail, @Ctx() ctx: GraphqlContext): Promise<Ticket | null> {
    return loadTicketOfLetter(ctx, mail);
  }

  @FieldResolver(() => String, { description: 'The letter as it came, .eml.' })
  rawUrl(@Root() mail: InboundMail): string {
    return `/raw/${mail.id}`;
  }
}

@Resolver(() => MailboxCollection)
export class MailboxCollectionResolver {
  @FieldResolver(() => Int, { description: 'Letters collected in the last 24 hours.' })
  async collectedLast24h(@Root() { id }: MailboxCollection, @Ctx() ctx: GraphqlContext): Promise<number> {
    return ctx.db.countBy(InboundMail, { mailboxId: id, receivedAt: since(ctx, 24) });
  }

  @FieldResolver(() => Int, { description: 'Those of them that were blocked.' })
  async blockedLast24h(@Root() { id }: MailboxCollection, @Ctx() ctx: GraphqlContext): Promise<number> {
    return ctx.db.countBy(InboundMail, { mailboxId: id, fate: 'BLOCKED', receivedAt: since(ctx, 24) });
  }

  @FieldResolver(() => Int, { description: 'Letters that wait for a human.' })
  async heldCount(@Root() { id }: MailboxCollection, @Ctx() ctx: GraphqlContext): Promise<number> {
    return ctx.db.countBy(InboundMail, { mailboxId: id, fate: 'HELD' });
  }

  @FieldResolver(() => [Int], { description: 'Letters collected in each of the last 24 hours, the oldest hour first.' })
  async hourly(@Root() { id }: MailboxCollection, @Ctx() ctx: GraphqlContext): Promise<number[]> {
    const counts: number[] = [];
    for (let hour = 24; hour >= 0; hour--)
      counts.push(await ctx.db.countBy(InboundMail, { mailboxId: id, receivedAt: since(ctx, hour) }));
    return counts.slice(0, 24).map((count, i) => count - counts[i + 1]!);
  }

  @FieldResolver(() => [MailboxEvent], { description: 'The newest 50 lines of the log, newest first.' })
  async log(@Root() { id }: MailboxCollection, @Ctx() ctx: GraphqlContext): Promise<MailboxEvent[]> {
    return ctx.db.find(MailboxEvent, { where: { mailboxId: id }, order: { id: 'DESC' }, take: LOG_LINES });
  }
}

function since(ctx: GraphqlContext, hours: number) {
  return MoreThan(new Date(ctx.clock.now().getTime() - hours * HOUR_MS));
}
