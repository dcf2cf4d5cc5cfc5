import { Field, Float, ID, InputType, Int } from 'type-graphql';
import { Security } from './mailbox.entity.ts';

/** The whole form of settings; fields left out stay as they are, null clears. */
@InputType({
  description:
    'Settings to save. Fields left out stay as they are; null clears. Secrets are taken in and never given out.',
})
export class SupportSettingsInput {
  @Field(() => String, { nullable: true, description: 'Default Email From: filled in as From for mass mail.' })
  defaultEmailFrom?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Support Email: customers write to it, and replies come from it.',
  })
  supportEmail?: string | null;

  @Field(() => String, { nullable: true, description: 'POP3 Host: the name of the mail server.' })
  pop3Host?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its port, 1 to 65535.' })
  pop3Port?: number | null;

  @Field(() => Security, { nullable: true, description: 'How the connection to it is secured.' })
  pop3Security?: Security | null;

  @Field(() => String, {
    nullable: true,
    description: 'POP3 User: the login of the mailbox; it may differ from the Support Email.',
  })
  pop3User?: string | null;

  @Field(() => String, { nullable: true, description: 'POP3 Password. Empty: unchanged; null: removed.' })
  pop3Password?: string | null;

  @Field(() => Int, { nullable: true, description: 'Seconds between collections, 5 to 86400.' })
  pollIntervalSeconds?: number | null;

  @Field(() => String, { nullable: true, description: 'The mail server that takes outgoing mail.' })
  smtpHost?: string | null;

  @Field(() => Int, { nullable: true, description: 'Its port, 1 to 65535.' })
  smtpPort?: number | null;

  @Field(() => Security, { nullable: true, description: 'How the connection to it is secured.' })
  smtpSecurity?: Security | null;

  @Field(() => String, { nullable: true, description: 'Its login; null: none is needed.' })
  smtpUser?: string | null;

  @Field(() => String, { nullable: true, description: 'Its password. Empty: unchanged; null: removed.' })
  smtpPassword?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Automatically Close Answered Tickets After x Days: 1 to 3650; null: at once; -1: never.',
  })
  closeAnsweredAfterDays?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Show the section Answered in the Tickets Center.' })
  showAnswered?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Show the section On Hold in the Tickets Center.' })
  showOnHold?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Default KnowledgeBase: shown to end users, administrators and assistants.',
  })
  defaultKnowledgeBaseId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Default Support KnowledgeBase: feeds suggestions.' })
  defaultSupportKnowledgeBaseId?: string | null;

  @Field(() => Int, { nullable: true, description: 'Max Suggestions for one ticket, 0 to 20; 0: none.' })
  maxSuggestions?: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Least confidence of a suggestion, 0 to 1; null: the usual measure.',
  })
  suggestionFloor?: number | null;

  @Field(() => Boolean, { nullable: true, description: "Don't send confirmation emails for received Trouble Tickets." })
  suppressConfirmations?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Do not check e-mail address: follow-ups are found by subject alone.',
  })
  ignoreSenderAddress?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Follow-ups by subject alone join tickets with activity within so many days, 1 to 3650; null: 90.',
  })
  subjectMatchDays?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The name that your mail server writes into Authentication-Results, such as mx.example.com. Null: no such header is believed.',
  })
  authservId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Ask for answers to support+…@: a signed sub-address that names the ticket. Only for mailboxes that take sub-addresses.',
  })
  signedReplyAddress?: boolean | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Highlight E-mails: domains and addresses whose tickets are red in the main queue.',
  })
  highlightEntries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: 'Spam E-mails: domains and addresses whose letters are blocked.',
  })
  spamEntries?: string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Keep opened text: text that came encrypted is stored opened, so that search and suggestions find it. Off: it is opened each time it is read. Holds for letters from then on.',
  })
  keepOpenedText?: boolean | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Connections to the mail server for sending at one time, 2 to 20; one is kept free of mass mail.',
  })
  smtpConnections?: number | null;

  @Field(() => Int, { nullable: true, description: 'Mails per minute, 1 to 60000; null: no limit.' })
  mailsPerMinute?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Seconds that an agent's reply waits and can be taken back, 0 to 60.",
  })
  undoSeconds?: number | null;

  @Field(() => Boolean, { nullable: true, description: 'Tell requesters by mail when their ticket is closed.' })
  sendCloseNotice?: boolean | null;

  @Field(() => String, { nullable: true, description: 'DKIM: the domain that mails are signed for.' })
  dkimDomain?: string | null;

  @Field(() => String, { nullable: true, description: 'DKIM: the selector under which the key is published.' })
  dkimSelector?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'DKIM: the private RSA key in PEM form. Empty: unchanged; null: removed.',
  })
  dkimPrivateKey?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'PGP private key, armored; given together with its code phrase. It is added to those there are.',
  })
  pgpPrivateKey?: string | null;

  @Field(() => String, { nullable: true, description: 'PGP code phrase: unlocks the private key.' })
  pgpPassphrase?: string | null;
}
