import type { Mail } from '@support-center/mail';
import type { PgpState } from '../tickets/message.entity.ts';

/** An attachment with its bytes, as it comes out of the reading thread. */
export interface UnderstoodAttachment {
  readonly name: string;
  readonly mimeType: string;
  readonly sizeBytes: number;
  readonly contentId: string | null;
  readonly inline: boolean;
  readonly content: Uint8Array;
}

/** One letter as the later steps see it: read, opened where it was encrypted, its new words found. No bytes of attachments in `mail`. */
export interface UnderstoodMail {
  readonly mail: Mail;
  /** Whole readable text; "(no visible content)" where there is none. */
  readonly text: string;
  readonly newText: string;
  /** Safe HTML, never to be changed afterwards. */
  readonly html: string | null;
  readonly htmlVersion: number;
  readonly blockedImages: number;
  readonly bodyHash: string | null;
  readonly attachments: readonly UnderstoodAttachment[];
  readonly pgp: PgpState | null;
  /** Why the letter could not be read; its bytes are whole. Null when it could. */
  readonly unreadable: string | null;
}

/** What the reading thread is asked. */
export interface UnderstandTask {
  readonly kind: 'understand';
  readonly bytes: Uint8Array;
  /** Names the letter in the addresses of its inline images. */
  readonly inboundMailId: string;
}
