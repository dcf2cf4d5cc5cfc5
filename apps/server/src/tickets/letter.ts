import type { MailHeader, PgpState } from './message.entity.ts';

/** A stored attachment of a letter. */
export interface LetterAttachment {
  readonly name: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly blobId: string;
  readonly contentId: string | null;
  readonly inline: boolean;
}

/** A public key that came with a letter and names its sender. Anybody may send any key: an agent decides. */
export interface OfferedKey {
  readonly fingerprint: string;
  readonly keyIds: readonly string[];
  readonly userIds: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  /** Armored. */
  readonly publicKey: string;
}

/** A letter that came in, understood, as tickets take it. */
export interface Letter {
  readonly inboundMailId: string;
  readonly receivedAt: Date;
  readonly sentAt: Date | null;
  readonly subject: string | null;
  readonly from: { readonly address: string; readonly name: string | null } | null;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly text: string;
  readonly newText: string;
  /** Safe HTML. */
  readonly html: string | null;
  readonly htmlVersion: number;
  readonly blockedImages: number;
  readonly headers: readonly MailHeader[];
  readonly reasons: readonly string[];
  /** What a reader should know before believing it. */
  readonly warnings: readonly string[];
  readonly pgp: PgpState | null;
  /** Without angle brackets. */
  readonly messageIdHeader: string | null;
  readonly attachments: readonly LetterAttachment[];
  readonly offeredKeys: readonly OfferedKey[];
}
