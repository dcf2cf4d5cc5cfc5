import type { Mail } from '@support-center/mail';
import type { Opening, SealedPiece } from '../settings/pgp-work.ts';
import type { OfferedKey } from '../tickets/letter.ts';
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
  /** The subject outside the encryption; `mail.subject` is the inner one where there is one. */
  readonly outerSubject: string | null;
  /** Public keys of the sender that came with the letter. Offered to agents, never trusted by themselves. */
  readonly offeredKeys: readonly OfferedKey[];
  /** What the reading lacked: told to it in a further run, it reads more of the letter. */
  readonly needs: ReadingNeeds;
  /** Why the letter could not be read; its bytes are whole. Null when it could. */
  readonly unreadable: string | null;
}

/** What only others can give to the reading of an encrypted or signed letter: it holds no keys itself. */
export interface ReadingNeeds {
  readonly pieces: readonly SealedPiece[];
  /** IDs of keys that signed and are not known to the reading. */
  readonly signers: readonly string[];
}

/** What the reading thread is asked. */
export interface UnderstandTask {
  readonly kind: 'understand';
  readonly bytes: Uint8Array;
  /** Names the letter in the addresses of its inline images. */
  readonly inboundMailId: string;
  /** What became of the pieces that an earlier run asked for. */
  readonly openings?: readonly Opening[];
  /** Armored keys whose signatures count. */
  readonly publicKeys?: readonly string[];
  /** The time to judge keys by; now if left out. */
  readonly now?: Date;
}
