import { randomBytes } from 'node:crypto';

/** One letter as the maildrop holds it. */
export interface DroppedLetter {
  /** Its UIDL: never used twice, not even after a restart. */
  readonly uid: string;
  readonly bytes: Buffer;
}

/** The letters that wait to be collected, in memory. A letter is never changed. */
export class MailDrop {
  private waiting: DroppedLetter[] = [];

  /** Puts a letter in, behind the others. */
  add(bytes: Buffer): void {
    this.waiting.push({ uid: randomBytes(12).toString('hex'), bytes });
  }

  /** The letters of now; later changes do not show in it. */
  list(): readonly DroppedLetter[] {
    return [...this.waiting];
  }

  /** Removes the letters with these names. */
  remove(uids: ReadonlySet<string>): void {
    this.waiting = this.waiting.filter((letter) => !uids.has(letter.uid));
  }
}
