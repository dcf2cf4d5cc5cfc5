import { MaxLength } from 'class-validator';
import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { requireScope } from '../accounts/account.policy.ts';
import type { GraphqlContext } from '../platform/graphql-context.ts';
import { Message, PgpSection } from '../tickets/message.entity.ts';
import { RequesterKey } from '../tickets/requester-key.entity.ts';
import { RequesterKeyInput } from '../tickets/requester-key.resolver.ts';
import { requireMayRead } from '../tickets/ticket.policy.ts';
import {
  countUnopened,
  readAgain,
  retryAllDecryption,
  retryDecryption,
  trustRequesterKey,
} from './retry-decryption.ts';

@ObjectType({ description: 'Letters that could not be opened and may open later.' })
export class UnopenedLetters {
  @Field(() => Int, { description: 'How many.' })
  count: number;

  @Field(() => Int, { description: 'Those that wait for a stored key which its code phrase does not unlock.' })
  keyLocked: number;
}

@ObjectType({ description: 'What trying to open letters again came to.' })
export class DecryptionRetry {
  @Field(() => Int, { description: 'How many letters were tried.' })
  tried: number;

  @Field(() => Int, { description: 'How many of them are open now.' })
  opened: number;
}

@ObjectType({ description: 'An attachment of a letter that was opened for reading.' })
export class OpenedAttachment {
  @Field(() => String, { description: 'A safe name, unique within its message.' })
  name: string;

  @Field(() => Int, { description: 'Its size in bytes.' })
  sizeBytes: number;

  @Field(() => String, { description: 'Where it is opened again and downloaded.' })
  url: string;
}

@ObjectType({ description: 'An encrypted letter opened for reading; nothing of it is stored.' })
export class OpenedMessage {
  @Field(() => String, { nullable: true, description: 'The subject inside.' })
  subject: string | null;

  @Field(() => String, { description: 'Readable text, whole.' })
  text: string;

  @Field(() => [PgpSection], { description: 'Its stretches in order, where only parts were encrypted or signed.' })
  sections: PgpSection[];

  @Field(() => [OpenedAttachment], { description: 'Its files.' })
  attachments: OpenedAttachment[];
}

@InputType({ description: 'Names a letter that is to be opened again.' })
export class RetryDecryptionInput {
  @Field(() => ID, { description: 'The message.' })
  @MaxLength(36)
  messageId: string;
}

@Resolver()
export class DecryptionResolver {
  @Query(() => UnopenedLetters, {
    description: 'Letters that could not be opened. Administrators, and tokens with settings:read.',
  })
  async unopenedLetters(@Ctx() ctx: GraphqlContext): Promise<UnopenedLetters> {
    requireScope(ctx.actor, 'settings:read');
    return countUnopened(ctx);
  }

  @Query(() => OpenedMessage, {
    description: 'Opens an encrypted letter for reading, where Keep opened text is off.',
  })
  async openedMessage(
    @Ctx() ctx: GraphqlContext,
    @Arg('messageId', () => ID, { description: 'The message.' }) messageId: string,
  ): Promise<OpenedMessage> {
    requireMayRead(ctx.actor);
    const { understood } = await readAgain(ctx, messageId);
    return {
      subject: understood.mail.subject,
      text: understood.text,
      sections: understood.pgp?.sections ?? [],
      attachments: understood.attachments.map(({ name, sizeBytes }, i) => ({
        name,
        sizeBytes,
        url: `/opened/${messageId}/${i}`,
      })),
    };
  }

  @Mutation(() => Message, {
    description: 'Tries to open an encrypted letter again, and checks its signature with the keys of now.',
  })
  async retryDecryption(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => RetryDecryptionInput, { description: 'Which letter.' }) input: RetryDecryptionInput,
  ): Promise<Message> {
    return retryDecryption(ctx, input.messageId);
  }

  @Mutation(() => DecryptionRetry, {
    description: 'Tries all letters that could not be opened again, at most 100 at once. Administrators only.',
  })
  async retryAllDecryption(@Ctx() ctx: GraphqlContext): Promise<DecryptionRetry> {
    return retryAllDecryption(ctx);
  }

  @Mutation(() => RequesterKey, {
    description:
      'Uses an offered public key from now on: replies are encrypted for it and signatures checked with it. Compare the fingerprint first.',
  })
  async useRequesterKey(
    @Ctx() ctx: GraphqlContext,
    @Arg('input', () => RequesterKeyInput, { description: 'Which key.' }) input: RequesterKeyInput,
  ): Promise<RequesterKey> {
    return trustRequesterKey(ctx, input.requesterKeyId);
  }
}
