import { attachedLetters } from './letters-attached.ts';
import { customerLetters } from './letters-customers.ts';
import { machineLetters } from './letters-machines.ts';
import { threadLetters } from './letters-threads.ts';
import { worldLetters } from './letters-world.ts';
import { writeLetter } from './write-letter.ts';

const BETWEEN_MS = 37 * 60_000;

/** About forty letters of all kinds, oldest first; the newest was written a little before `now`. */
export function sampleLetters(now: Date, supportEmail: string): Buffer[] {
  const samples = [...customerLetters, ...worldLetters, ...attachedLetters, ...threadLetters, ...machineLetters];
  return samples.map((sample, i) =>
    writeLetter({ ...sample, at: new Date(now.getTime() - (samples.length - i) * BETWEEN_MS) }, supportEmail),
  );
}
