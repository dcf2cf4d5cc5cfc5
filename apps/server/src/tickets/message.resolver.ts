import { hasHiddenText } from '@support-center/mail';
import { GraphQLDateTime } from 'graphql-scalars';
import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Agent } from '../accounts/agent.entity.ts';
import { DeliveryState } from '../outbound/outgoing-mail.entity.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Attachment } from './attachment.entity.ts';
import { Message } from './message.entity.ts';
import { imageSenderOf, showSenderImages } from './show-sender-images.ts';
import { ShowSenderImagesInput } from './ticket.inputs.ts';
import { loadAgent, loadAttachments, loadOutgoingMail, loadSentReply, loadShowsImages } from './ticket-loaders.ts';

/** Anything but paragraphs and line breaks. */
const FORMAT = /<(?!\/?(?:p|br|div|span)[\s>/])[a-z]/i;

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
    description: 'Until when the viewer may take this mail of his back with undoSend; null: he may not, or no longer.',
  })
  async undoUntil(@Root() message: Message, @Ctx() ctx: GraphqlContext): Promise<Date | null> {
    const mayWait = message.kind === 'REPLY' || message.kind === 'FORWARD';
    return mayWait ? ((await loadSentReply(ctx, message.id))?.undoUntil ?? null) : null;
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

  @FieldResolver(() => Boolean, {
    description: 'The safe HTML says more than its words: pictures, links, lists, marks. False where there is none.',
  })
  formatted(@Root() message: Message): boolean {
    return message.html !== null && FORMAT.test(message.html);
  }

  @FieldResolver(() => Boolean, {
    description: "The viewer always sees remote images of this letter's sender; never of a letter that came encrypted.",
  })
  async showsSenderImages(@Root() message: Message, @Ctx() ctx: GraphqlContext): Promise<boolean> {
    const sender = message.blockedImages > 0 ? imageSenderOf(message) : null;
    return sender !== null && (await loadShowsImages(ctx, sender));
  }

  @FieldResolver(() => Boolean, {
    description: 'The safe HTML has words that its sender hid from the reader; the page shows them with ?hidden=1.',
  })
  hidesText(@Root() message: Message): boolean {
    return message.html !== null && hasHiddenText(message.html);
  }

  @Mutation(() => Message, {
    description: "Remembers for the viewer whether remote images of a letter's sender load by themselves.",
  })
  async showSenderImages(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => ShowSenderImagesInput, { description: 'Whose, and whether.' }) input: ShowSenderImagesInput,
  ): Promise<Message> {
    return showSenderImages(ctx, input);
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
