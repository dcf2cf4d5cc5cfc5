import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Int, ObjectType } from 'type-graphql';
import { ConnectionType } from '../platform/pagination.ts';
import { OutgoingMail } from './outgoing-mail.entity.ts';

@ObjectType({ description: 'How the way out stands.' })
export class Sending {
  @Field(() => Int, { description: 'Mails that wait.' })
  queued: number;

  @Field(() => Int, { description: 'Mails that are being handed over now.' })
  sending: number;

  @Field(() => Int, { description: 'Mails of paused mailings.' })
  held: number;

  @Field(() => Int, { description: 'Mails that were refused for good.' })
  failed: number;

  @Field(() => Int, { description: 'Mails of which nobody knows whether they arrived.' })
  unknown: number;

  @Field(() => Int, { description: 'Mails that came back.' })
  bounced: number;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the oldest waiting mail was written.' })
  oldestQueuedAt: Date | null;

  @Field(() => Int, { description: 'Mails that the server took within the last minute.' })
  sentLastMinute: number;

  @Field(() => Int, { description: 'Mails that the server took within the last hour.' })
  sentLastHour: number;

  @Field(() => Int, { nullable: true, description: 'The limit per minute; null: none.' })
  mailsPerMinute: number | null;

  @Field(() => Int, { description: 'Connections at one time.' })
  connections: number;

  @Field(() => String, { nullable: true, description: 'Why nothing goes out now, in one sentence; null: it goes.' })
  trouble: string | null;

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When the mail server is tried again.' })
  nextTryAt: Date | null;
}

@ObjectType({ description: 'A window of outgoing mails, newest first.' })
export class OutgoingMailConnection extends ConnectionType {
  @Field(() => [OutgoingMail], { description: 'The mails of the window.' })
  nodes: OutgoingMail[];
}
