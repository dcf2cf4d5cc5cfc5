import { GraphQLDateTime } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Security } from './mailbox.entity.ts';
import { PgpKey } from './pgp-key.entity.ts';

@ObjectType({ description: 'What keeps mail from being collected or sent now.' })
export class SettingsProblem {
  @Field(() => String, { nullable: true, description: 'The input field that mends it.' })
  field: string | null;

  @Field(() => String, { description: 'What is wrong, in one sentence.' })
  message: string;
}

/** What the API shows of the settings: entities of two tables, and of the secrets only whether they are set. */
@ObjectType('SupportSettings', { description: 'The settings of the desk. Secrets never leave.' })
export class SupportSettingsType {
  @Field(() => String, { nullable: true, description: 'Default Email From: filled in as From for mass mail.' })
  defaultEmailFrom: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Support Email: customers write to it, and replies come from it.',
  })
  supportEmail: string | null;

  @Field(() => String, { nullable: true, description: 'POP3 Host.' })
  pop3Host: string | null;

  @Field(() => Int, { description: 'Its port.' })
  pop3Port: number;

  @Field(() => Security, { description: 'How the connection to it is secured.' })
  pop3Security: Security;

  @Field(() => String, { nullable: true, description: 'POP3 User.' })
  pop3User: string | null;

  @Field(() => Boolean, { description: 'A POP3 Password is stored.' })
  pop3PasswordIsSet: boolean;

  @Field(() => Int, { description: 'Seconds between collections.' })
  pollIntervalSeconds: number;

  @Field(() => String, { nullable: true, description: 'The mail server that takes outgoing mail.' })
  smtpHost: string | null;

  @Field(() => Int, { description: 'Its port.' })
  smtpPort: number;

  @Field(() => Security, { description: 'How the connection to it is secured.' })
  smtpSecurity: Security;

  @Field(() => String, { nullable: true, description: 'Its login; null: none is needed.' })
  smtpUser: string | null;

  @Field(() => Boolean, { description: 'A password for it is stored.' })
  smtpPasswordIsSet: boolean;

  @Field(() => Int, {
    nullable: true,
    description: 'Automatically Close Answered Tickets After x Days; null: at once, -1: never.',
  })
  closeAnsweredAfterDays: number | null;

  @Field(() => Boolean, { description: 'The section Answered is shown.' })
  showAnswered: boolean;

  @Field(() => Boolean, { description: 'The section On Hold is shown.' })
  showOnHold: boolean;

  @Field(() => ID, { nullable: true, description: 'Default KnowledgeBase.' })
  defaultKnowledgeBaseId: string | null;

  @Field(() => ID, { nullable: true, description: 'Default Support KnowledgeBase.' })
  defaultSupportKnowledgeBaseId: string | null;

  @Field(() => Int, { description: 'Max Suggestions; 0: none.' })
  maxSuggestions: number;

  @Field(() => Float, { description: 'Least confidence of a suggestion, 0 to 1.' })
  suggestionFloor: number | null;

  @Field(() => Boolean, { description: "Don't send confirmation emails for received Trouble Tickets." })
  suppressConfirmations: boolean;

  @Field(() => Boolean, { description: 'Do not check e-mail address.' })
  ignoreSenderAddress: boolean;

  @Field(() => Int, { description: 'Follow-ups by subject alone join tickets with activity within so many days.' })
  subjectMatchDays: number;

  @Field(() => String, {
    nullable: true,
    description: 'The mail server whose Authentication-Results are believed; null: none.',
  })
  authservId: string | null;

  @Field(() => Boolean, { description: 'Mails ask for answers to a signed sub-address of the Support Email.' })
  signedReplyAddress: boolean;

  @Field(() => [String], { description: 'Highlight E-mails.' })
  highlightEntries: string[];

  @Field(() => [String], { description: 'Spam E-mails.' })
  spamEntries: string[];

  @Field(() => Boolean, { description: 'Keep opened text: text that came encrypted is stored opened.' })
  keepOpenedText: boolean;

  @Field(() => Int, {
    description: 'Connections to the mail server for sending at one time; one is kept free of mass mail.',
  })
  smtpConnections: number;

  @Field(() => Int, { nullable: true, description: 'Mails per minute; null: no limit.' })
  mailsPerMinute: number | null;

  @Field(() => Int, { description: "Seconds that an agent's reply waits and can be taken back; 0: none." })
  undoSeconds: number;

  @Field(() => Boolean, { description: 'Requesters are told by mail when their ticket is closed.' })
  sendCloseNotice: boolean;

  @Field(() => String, { nullable: true, description: 'DKIM: the domain that mails are signed for.' })
  dkimDomain: string | null;

  @Field(() => String, { nullable: true, description: 'DKIM: the selector under which the key is published.' })
  dkimSelector: string | null;

  @Field(() => Boolean, { description: 'DKIM: a key is stored.' })
  dkimKeyIsSet: boolean;

  @Field(() => [PgpKey], { description: 'The public sides of the keys that open encrypted letters.' })
  pgpKeys: PgpKey[];

  @Field(() => [SettingsProblem], { description: 'What keeps mail from being collected or sent now.' })
  problems: SettingsProblem[];

  @Field(() => GraphQLDateTime, { nullable: true, description: 'When they were last saved.' })
  updatedAt: Date | null;
}

@ObjectType({ description: 'A record to publish in the DNS.' })
export class DnsRecord {
  @Field(() => String, { description: 'Its name.' })
  name: string;

  @Field(() => String, { description: 'Its type.' })
  type: string;

  @Field(() => String, { description: 'Its value.' })
  value: string;
}

@ObjectType({ description: 'One step of a test of the mailbox.' })
export class MailboxTestStep {
  @Field(() => String, { description: 'What was tried.' })
  name: string;

  @Field(() => Boolean, { description: 'It worked.' })
  ok: boolean;

  @Field(() => String, { description: 'What was found; or cause and remedy.' })
  message: string;

  @Field(() => Int, { description: 'How long it took.' })
  durationMs: number;
}

@ObjectType({ description: 'A test of the mailbox: it stops at the first step that fails.' })
export class MailboxTest {
  @Field(() => Boolean, { description: 'Every step worked.' })
  ok: boolean;

  @Field(() => [MailboxTestStep], { description: 'The steps in order.' })
  steps: MailboxTestStep[];
}
