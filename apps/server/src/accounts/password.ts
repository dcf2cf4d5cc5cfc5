import { hash, verify } from '@node-rs/argon2';
import { AppError } from '../platform/errors.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

const ARGON = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const AT_ONCE = 4;
const MAX_WAITING = 50;
const MIN = 10;
const MAX = 256;

let running = 0;
const waiting: (() => void)[] = [];

/** What is wrong with a new password, in one sentence; null: nothing. */
export function passwordProblem(password: string): string | null {
  if (password.length < MIN) return `A password has at least ${MIN} characters.`;
  if (password.length > MAX) return `A password has at most ${MAX} characters.`;
  const plain = password.toLowerCase();
  if (COMMON_PASSWORDS.has(plain) || /^(.)\1*$/.test(plain))
    return 'This password is one of the first that anybody would try. Choose another.';
  return null;
}

/** argon2id as a PHC string. @throws AppError UNAVAILABLE when too many are being hashed */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, ARGON));
}

/** Whether the password fits. Without a stored hash as much time is spent, so that nobody learns which addresses exist. */
export async function passwordFits(stored: string | null, password: string): Promise<boolean> {
  if (password.length > MAX) return false;
  const against = stored ?? (await decoy());
  return (await inTurn(() => verify(against, password))) && stored !== null;
}

let decoyHash: Promise<string> | null = null;
function decoy(): Promise<string> {
  decoyHash ??= hash('nobody has this password', ARGON);
  return decoyHash;
}

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MAX_WAITING) {
      throw new AppError('UNAVAILABLE', 'Too many people sign in at once. Try again in a moment.', {
        retryAfterSeconds: 2,
      });
    }
    await new Promise<void>((resolve) => waiting.push(resolve));
  }
  running++;
  try {
    return await work();
  } finally {
    running--;
    waiting.shift()?.();
  }
}
