import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Float, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { hasScope, requireScope } from '../accounts/account.policy.ts';
import { Agent } from '../accounts/agent.entity.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Ticket } from '../tickets/ticket.entity.ts';
import { Audience, Campaign, ListProblem, NONE_REMOVED } from './campaign.entity.ts';
import {
  CampaignIdInput,
  CampaignRecipientIdInput,
  CampaignRecipientsInput,
  SaveCampaignInput,
  StartCampaignInput,
} from './campaign.inputs.ts';
import {
  CampaignConnection,
  CampaignPreview,
  CampaignRecipientConnection,
  RecipientState,
  RemovedRecipients,
} from './campaign.types.ts';
import { CampaignCounts, CampaignResult, campaignResults, sentPerMinute } from './campaign-figures.ts';
import { loadCampaign, loadCounts, loadMailTo } from './campaign-loaders.ts';
import { knownPlaceholders } from './campaign-message.ts';
import { CampaignRecipient } from './campaign-recipient.entity.ts';
import { chooseRecipients } from './choose-recipients.ts';
import { estimatedEnd } from './estimated-end.ts';
import { listCampaigns } from './list-campaigns.ts';
import { listRecipients } from './list-recipients.ts';
import { previewCampaign, sendCampaignTest } from './preview-campaign.ts';
import { readAudience } from './read-audience.ts';
import { recipientState } from './recipient-state.ts';
import { retryRecipient } from './retry-recipient.ts';
import { deleteCampaign, massMailSenders, saveCampaign } from './save-campaign.ts';
import { continueCampaign, pauseCampaign, startCampaign, stopCampaign } from './start-campaign.ts';

@Resolver(() => Campaign)
export class CampaignResolver {
  @Query(() => CampaignConnection, { description: 'Mailings, newest first.' })
  async campaigns(
    @Ctx() ctx: GraphqlContext,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The end cursor of the window before.' }) after:
      | string
      | null,
  ): Promise<CampaignConnection> {
    return listCampaigns(ctx, { first, after });
  }

  @Query(() => Campaign, { nullable: true, description: 'One mailing; null: there is none.' })
  async campaign(
    @Ctx() ctx: GraphqlContext,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Campaign | null> {
    requireScope(ctx.actor, 'mail:send');
    return ctx.db.findOneBy(Campaign, { id });
  }

  @Query(() => CampaignPreview, { description: 'A mailing as one of its recipients will get it.' })
  async campaignPreview(
    @Ctx() ctx: GraphqlContext,
    @Arg('campaignId', () => ID, { description: 'The mailing.' }) campaignId: string,
    @Arg('position', () => Int, { defaultValue: 0, description: 'The place of the recipient in the list, from 0.' })
    position: number,
  ): Promise<CampaignPreview> {
    return previewCampaign(ctx, campaignId, position);
  }

  @Query(() => [String], { description: 'Addresses that mass mail can come from; the first one is filled in.' })
  async massMailSenders(@Ctx() ctx: GraphqlContext): Promise<string[]> {
    requireScope(ctx.actor, 'mail:send');
    return massMailSenders(ctx);
  }

  @Mutation(() => Campaign, { description: 'Begins or changes a draft.' })
  async saveCampaign(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => SaveCampaignInput, { description: 'The draft.' }) input: SaveCampaignInput,
  ): Promise<Campaign> {
    return saveCampaign(ctx, input);
  }

  @Mutation(() => Campaign, { description: 'Chooses who gets a draft, in place of who was chosen before.' })
  async setCampaignRecipients(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CampaignRecipientsInput, { description: 'Who.' }) input: CampaignRecipientsInput,
  ): Promise<Campaign> {
    return chooseRecipients(ctx, input.campaignId, readAudience(input));
  }

  @Mutation(() => Boolean, {
    description: 'Sends the draft, filled in for its first recipient, to the agent who asks.',
  })
  async sendCampaignTest(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CampaignIdInput, { description: 'Which one.' }) input: CampaignIdInput,
  ): Promise<boolean> {
    await sendCampaignTest(ctx, input.campaignId);
    return true;
  }

  @Mutation(() => Campaign, { description: 'Begins the mailing, now or at a time.' })
  async startCampaign(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => StartCampaignInput, { description: 'Which one, and when.' }) input: StartCampaignInput,
  ): Promise<Campaign> {
    return startCampaign(ctx, input);
  }

  @Mutation(() => Campaign, { description: 'Sends nothing more of it until it is continued.' })
  async pauseCampaign(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CampaignIdInput, { description: 'Which one.' }) input: CampaignIdInput,
  ): Promise<Campaign> {
    return pauseCampaign(ctx, input.campaignId);
  }

  @Mutation(() => Campaign, { description: 'Goes on with a paused mailing.' })
  async continueCampaign(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CampaignIdInput, { description: 'Which one.' }) input: CampaignIdInput,
  ): Promise<Campaign> {
    return continueCampaign(ctx, input.campaignId);
  }

  @Mutation(() => Campaign, { description: 'Ends it for good: who has not got it gets nothing.' })
  async stopCampaign(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CampaignIdInput, { description: 'Which one.' }) input: CampaignIdInput,
  ): Promise<Campaign> {
    return stopCampaign(ctx, input.campaignId);
  }

  @Mutation(() => Boolean, { description: 'Removes a draft or a mailing that has ended.' })
  async deleteCampaign(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CampaignIdInput, { description: 'Which one.' }) input: CampaignIdInput,
  ): Promise<boolean> {
    await deleteCampaign(ctx, input.campaignId);
    return true;
  }

  @Mutation(() => CampaignRecipient, { description: 'Sends the mail to an addressee again whose mail was refused.' })
  async retryCampaignRecipient(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => CampaignRecipientIdInput, { description: 'Which one.' }) input: CampaignRecipientIdInput,
  ): Promise<CampaignRecipient> {
    return retryRecipient(ctx, input.recipientId);
  }

  @FieldResolver(() => Agent, { nullable: true, description: 'Who began it.' })
  async createdBy(@Root() { createdById }: Campaign, @Ctx() ctx: GraphqlContext): Promise<Agent | null> {
    return createdById ? ctx.db.findOneBy(Agent, { id: createdById }) : null;
  }

  @FieldResolver(() => Audience, { nullable: true, description: 'Who gets it; null: not chosen yet.' })
  audience(@Root() { audience }: Campaign): Audience | null {
    return (
      audience && {
        ...audience,
        contactedAfter: audience.contactedAfter && new Date(audience.contactedAfter),
        contactedBefore: audience.contactedBefore && new Date(audience.contactedBefore),
      }
    );
  }

  @FieldResolver(() => [String], {
    description: 'Placeholders that may stand in it: those of every mailing, and the columns of its list.',
  })
  placeholders(@Root() campaign: Campaign): string[] {
    return knownPlaceholders(campaign);
  }

  @FieldResolver(() => RemovedRecipients, { description: 'Whom the choice of recipients left out.' })
  removed(@Root() { removed }: Campaign): RemovedRecipients {
    // Lists that were chosen by earlier versions did not count everything.
    return { ...NONE_REMOVED, ...removed };
  }

  @FieldResolver(() => CampaignCounts, { description: 'How far it is.' })
  counts(@Root() campaign: Campaign, @Ctx() ctx: GraphqlContext): Promise<CampaignCounts> {
    return loadCounts(ctx, campaign);
  }

  @FieldResolver(() => Float, {
    nullable: true,
    description: 'Mails a minute over the last minute; null: it is not running.',
  })
  sentPerMinute(@Root() campaign: Campaign, @Ctx() ctx: GraphqlContext): Promise<number | null> {
    return sentPerMinute(ctx, campaign);
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'When it will be done at this rate; null: not known.',
  })
  async estimatedEndAt(@Root() campaign: Campaign, @Ctx() ctx: GraphqlContext): Promise<Date | null> {
    const perMinute = await sentPerMinute(ctx, campaign);
    return perMinute ? estimatedEnd(await loadCounts(ctx, campaign), perMinute, ctx.clock.now()) : null;
  }

  @FieldResolver(() => CampaignRecipientConnection, { description: 'Its addressees, in the order of the list.' })
  recipients(
    @Root() campaign: Campaign,
    @Ctx() ctx: GraphqlContext,
    @Arg('state', () => [RecipientState], { nullable: true, description: 'In one of these states.' }) state:
      | RecipientState[]
      | null,
    @Arg('search', () => String, { nullable: true, description: 'A part of the address.' }) search: string | null,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 100.' }) first: number,
    @Arg('after', () => String, { nullable: true, description: 'The end cursor of the window before.' }) after:
      | string
      | null,
  ): Promise<CampaignRecipientConnection> {
    return listRecipients(ctx, campaign, { state, search }, { first, after });
  }

  @FieldResolver(() => [ListProblem], {
    description: 'Lines of its list that are no recipient, each by its number; the first 1,000 are kept.',
  })
  listErrors(
    @Root() { listProblems }: Campaign,
    @Arg('first', () => Int, { defaultValue: 50, description: 'How many, 1 to 1,000.' }) first: number,
  ): ListProblem[] {
    return listProblems.slice(0, Math.max(0, first));
  }

  @FieldResolver(() => [CampaignResult], { description: 'What became of it, hour by hour.' })
  results(@Root() { id }: Campaign, @Ctx() ctx: GraphqlContext): Promise<CampaignResult[]> {
    return campaignResults(ctx, id);
  }

  @FieldResolver(() => String, { description: 'Where all its addressees with their states can be had as CSV.' })
  exportUrl(@Root() { id }: Campaign): string {
    return `/mass-mail/${id}/recipients.csv`;
  }

  @FieldResolver(() => Int, { description: 'Tickets that answer it.' })
  answers(@Root() { id }: Campaign, @Ctx() ctx: GraphqlContext): Promise<number> {
    return ctx.db.countBy(Ticket, { campaignId: id });
  }
}

@Resolver(() => CampaignRecipient)
export class CampaignRecipientResolver {
  @FieldResolver(() => RecipientState, { description: 'What became of the mail.' })
  async state(@Root() recipient: CampaignRecipient, @Ctx() ctx: GraphqlContext): Promise<RecipientState> {
    const campaign = await loadCampaign(ctx, recipient.campaignId);
    return recipientState(recipient, await loadMailTo(ctx, recipient), campaign?.state ?? 'DRAFT');
  }

  @FieldResolver(() => String, { nullable: true, description: "The mail server's words, or why nothing is sent." })
  async detail(@Root() recipient: CampaignRecipient, @Ctx() ctx: GraphqlContext): Promise<string | null> {
    return recipient.skippedBecause ?? (await loadMailTo(ctx, recipient))?.detail ?? null;
  }

  @FieldResolver(() => GraphQLDateTime, { nullable: true, description: 'When the mail server took it.' })
  async sentAt(@Root() recipient: CampaignRecipient, @Ctx() ctx: GraphqlContext): Promise<Date | null> {
    return (await loadMailTo(ctx, recipient))?.sentAt ?? null;
  }
}

@Resolver(() => Ticket)
export class TicketCampaignResolver {
  @FieldResolver(() => Campaign, {
    nullable: true,
    description: 'The mailing that it answers, for who may send mass mail.',
  })
  campaign(@Root() { campaignId }: Ticket, @Ctx() ctx: GraphqlContext): Promise<Campaign | null> {
    return hasScope(ctx.actor, 'mail:send') ? loadCampaign(ctx, campaignId) : Promise.resolve(null);
  }

  @FieldResolver(() => String, { nullable: true, description: 'The subject of the mailing that it answers.' })
  async campaignSubject(@Root() { campaignId }: Ticket, @Ctx() ctx: GraphqlContext): Promise<string | null> {
    return (await loadCampaign(ctx, campaignId))?.subject ?? null;
  }
}
