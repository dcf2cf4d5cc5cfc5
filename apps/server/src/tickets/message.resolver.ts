import { GraphQLDateTime } from 'graphql-scalars';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Agent } from '../accounts/agent.entity.ts';
import { DeliveryState } from '../outbound/outgoing-mail.entity.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Attachment } from './attachment.entity.ts';
import { Message } from './message.entity.ts';
import { loadAgent, loadAttachments, loadOutgoingMail, loadSentReply } from './ticket-loaders.ts';

@Resolver(() => Message)
export class MessageResolver {
  @FieldResolver(() => Agent, { nullable: true, description: 'The agent who wrote a reply or note.' })
  async author(@Root() message: Message, @Ctx() ctx: GraphqlContext): Promise<Agent | null> {
    return message.authorId ? loadAgent(ctx, message.authorId) : null;
  }

  @FieldResolver(() => DeliveryState, {
    nullable: true,
    description: 'Where the mail of a reply or confirmation stands; null: it is no outgoing mail.',
  })
  async delivery(@Root() message: Message, @Ctx() ctx: GraphqlContext): Promise<DeliveryState | null> {
    return message.outgoingMailId ? ((await loadOutgoingMail(ctx, message.outgoingMailId))?.state ?? null) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: "The mail server's words, or why the mail waits." })
  async deliveryDetail(@Root() message: Message, @Ctx() ctx: GraphqlContext): Promise<string | null> {
    return message.outgoingMailId ? ((await loadOutgoingMail(ctx, message.outgoingMailId))?.detail ?? null) : null;
  }

  @FieldResolver(() => GraphQLDateTime, { nullable: true, description: 'When a waiting mail is tried next.' })
  async nextAttemptAt(@Root() message: Message, @Ctx() ctx: GraphqlContext): Promise<Date | null> {
    const mail = message.outgoingMailId ? await loadOutgoingMail(ctx, message.outgoingMailId) : null;
    return mail?.state === 'QUEUED' ? mail.nextAttemptAt : null;
  }

  @FieldResolver(() => [String], {
    description: 'What a reader should know before believing it, such as "claims to be staff".',
  })
  warnings(@Root() message: Message): string[] {
    return message.warnings ?? [];
  }

  @FieldResolver(() => [String], { description: 'Who got a blind copy of our mail.' })
  bcc(@Root() message: Message): string[] {
    return message.bcc ?? [];
  }

  @FieldResolver(() => GraphQLDateTime, {
    nullable: true,
    description: 'Until when the viewer may take this reply of his back with undoSend; null: he may not, or no longer.',
  })
  async undoUntil(@Root() message: Message, @Ctx() ctx: GraphqlContext): Promise<Date | null> {
    return message.kind === 'REPLY' ? ((await loadSentReply(ctx, message.id))?.undoUntil ?? null) : null;
  }

  @FieldResolver(() => Boolean, { description: 'There is more in `text` than in `newText`.' })
  hasQuote(@Root() message: Message): boolean {
    return message.text.trim() !== message.newText.trim();
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'Where the safe HTML stands as a page with its own policy; ?images=1 loads remote images.',
  })
  htmlUrl(@Root() message: Message): string | null {
    return message.html === null ? null : `/m/${message.id}`;
  }

  @FieldResolver(() => String, { nullable: true, description: 'The letter as it came, .eml.' })
  rawUrl(@Root() message: Message): string | null {
    return message.inboundMailId ? `/raw/${message.inboundMailId}` : null;
  }

  @FieldResolver(() => [Attachment], { description: 'Files that came or went with it.' })
  async attachments(@Root() message: Message, @Ctx() ctx: GraphqlContext): Promise<Attachment[]> {
    return loadAttachments(ctx, message.id);
  }
}

@Resolver(() => Attachment)
export class AttachmentResolver {
  @FieldResolver(() => String, { description: 'Where it can be downloaded by who may see the ticket.' })
  url(@Root() attachment: Attachment): string {
    return `/a/${attachment.id}`;
  }
}
