export {
  displayDomain,
  domainOf,
  isStrictAddress,
  normalizeAddress,
  normalizeDomain,
  sameAddress,
  withoutSubAddress,
} from './addresses.ts';
export { AttachmentNames, safeName } from './attachment-names.ts';
export { type AuthResult, checkSender, parseAuthResults, type SenderCheck } from './auth-results.ts';
export {
  type AutoMailClass,
  type AutoMailVerdict,
  classifyAutoMail,
  joinsSilently,
  mayConfirm,
  type OwnMarks,
} from './auto-mail.ts';
export { type Bounce, type BouncedRecipient, type BounceEffect, bounceEffect } from './bounces.ts';
export {
  type BudgetAnswer,
  CONFIRMATION_LIMITS,
  mayConfirmWithin,
  type SentConfirmation,
} from './confirmation-budget.ts';
export {
  buildEntryIndex,
  type DomainEntry,
  decideSender,
  type EntryError,
  type EntryIndex,
  matchEntry,
  moreSpecific,
  parseEntry,
  parseEntryList,
  type SenderVerdict,
} from './domain-list.ts';
export { htmlToText } from './html-text.ts';
export { defaultMailLimits, type MailLimits } from './limits.ts';
export {
  headerValue,
  headerValues,
  type Mail,
  type MailAddress,
  type MailAttachment,
  type MailAttachmentKind,
  type MailEncryption,
  type MailFault,
  type MailFaultCode,
  type MailPart,
  type MailReport,
  type MailReportField,
  type MailReportRecipient,
} from './mail.ts';
export {
  messageIdKey,
  NO_TICKET,
  parseMessageIds,
  type ReadIdOptions,
  readMessageId,
  readReplyAddress,
  type SigningKey,
  signMessageId,
  signReplyAddress,
  type ThreadToken,
} from './message-ids.ts';
export { type MailShape, readShape } from './mime-shape.ts';
export { type ParseOptions, parseMail, recoverMail } from './parse.ts';
export { type RawMimePart, rawMimePart } from './raw-part.ts';
export { type HtmlReply, splitReplyHtml } from './reply-html.ts';
export {
  hasOwnWords,
  newTextOf,
  REPLY_MARKER,
  type ReplyBlock,
  type ReplyTextOptions,
  splitReply,
} from './reply-text.ts';
export {
  hasHiddenText,
  SAFE_HTML_VERSION,
  type SafeHtml,
  type SafeHtmlOptions,
  sanitizeMailHtml,
} from './safe-html.ts';
export {
  isGenericSubject,
  type NormalSubject,
  normalizeSubject,
  replySubject,
  sameSubject,
  tagSubject,
  ticketNumberIn,
  ticketNumbersIn,
  withoutTags,
} from './subject.ts';
