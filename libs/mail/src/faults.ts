import type { MailFault, MailFaultCode } from './mail.ts';

const MESSAGES: Record<MailFaultCode, string> = {
  UNREADABLE: 'This message could not be read. Its headers were recovered as far as possible; the original is kept.',
  MESSAGE_TOO_LARGE: 'This message is larger than allowed, so only its headers were read. The original is kept.',
  HEADER_BLOCK_TOO_LARGE: 'The headers are larger than allowed; the last ones were not read. The original is kept.',
  HEADER_TOO_LONG: 'A header is longer than allowed and is shown cut. The original is kept.',
  TOO_MANY_HEADERS: 'There are more headers than allowed; the last ones were not read. The original is kept.',
  LINE_TOO_LONG: 'A line of the text is longer than allowed and is shown cut. The original is kept.',
  TOO_DEEP: 'Parts are nested deeper than allowed; the deepest are kept as one attachment.',
  TOO_MANY_PARTS: 'There are more parts than allowed; the remaining ones are kept as one attachment.',
  MESSAGES_TOO_DEEP: 'Messages are nested deeper than allowed; the deepest are kept as one attachment.',
  BOUNDARY_TOO_LONG: 'The mark between the parts is longer than allowed, so the parts are shown as plain text.',
  TOO_MANY_ATTACHMENTS: 'There are more attachments than allowed; the remaining ones stay in the original message.',
  TOO_MANY_ADDRESSES: 'There are more addresses than allowed; the remaining ones stay in the original message.',
  TEXT_TOO_LONG: 'The text is longer than allowed and is shown cut. The original is kept.',
  HTML_TOO_LONG: 'The formatted text is longer than allowed and is shown cut. The original is kept.',
  NO_SENDER: 'The message names no sender that can be read. No confirmation can be sent.',
  SENDER_NOT_FROM: 'The From header could not be read; the sender was taken from another header.',
  SEVERAL_FROM: 'The message names several senders; the first one that could be read is used.',
  RECOVERED_ADDRESS: 'An address was found only in a comment and was recovered.',
  HEADER_CHARSET_GUESSED: 'The headers do not say how their letters are written; the character set was guessed.',
  CHARSET_GUESSED: 'The text does not match its declared character set; the character set was guessed.',
  UNDECODABLE: 'Some signs could not be read in any character set and are shown as well as possible.',
  DATE_MISSING: 'The message has no date that can be read.',
  DATE_ABSURD: 'The date of the message cannot be true and is ignored.',
  CONTROLS_REMOVED: 'Invisible control signs were removed from the text.',
  LINE_ENDS_REPAIRED: 'The line ends of the message were unusual and were repaired before reading.',
  MBOX_LINE_REMOVED: 'A mailbox separator line before the message was removed before reading.',
  BROKEN_MULTIPART: 'The parts of the message are not properly ended; it may have been cut on its way.',
  UNPARSED_PART: 'Some of the message could not be read as a part and is kept as an attachment.',
  ENCODING_BROKEN: 'A part is damaged in its transfer encoding; what could be decoded is kept.',
  TNEF_BROKEN: 'The attachment winmail.dat could not be unpacked wholly; it is kept as it came.',
  UUENCODE_BROKEN: 'An attachment inside the text is damaged and is left in the text.',
  UNPACKED: 'Attachments were unpacked from another attachment or from the text; the original is kept.',
  SMIME_NOT_SUPPORTED: 'This message is encrypted or signed with S/MIME, which is not supported yet.',
  PARTIAL_MESSAGE: 'This is only one piece of a message that was sent in several pieces.',
  EXTERNAL_BODY: 'A part of this message is stored elsewhere and was not fetched.',
};

/** Collects faults; each code is kept once, in the order of the first sight. */
export class FaultList {
  private readonly codes = new Set<MailFaultCode>();

  add(code: MailFaultCode): void {
    this.codes.add(code);
  }

  list(): MailFault[] {
    return [...this.codes].map((code) => ({ code, message: MESSAGES[code] }));
  }
}
