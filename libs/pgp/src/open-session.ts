import { type DecryptedSessionKey, decryptSessionKeys, readMessage } from 'openpgp';
import { openingConfig } from './engine.ts';
import type { Keyring, UnlockedKey } from './keyring.ts';
import type { PgpLimits } from './limits.ts';
import { FailedToOpen } from './open-failure.ts';
import type { OuterMessage } from './open-outer.ts';
import { type RawPacket, writePacket } from './packets.ts';

/** A session key that one of our keys opened. */
export interface SessionKeys {
  keys: DecryptedSessionKey[];
  by: UnlockedKey;
  /** The letter does not say that it is for this key. */
  isHidden: boolean;
}

interface Trial {
  packet: RawPacket;
  by: UnlockedKey;
  isHidden: boolean;
}

/**
 * Opens session keys with our keys, one after the other, named recipients first; at most `limits.trials` attempts, and
 * `limits.hiddenKeys` of our keys for each hidden recipient.
 * @throws FailedToOpen NO_KEY, KEY_LOCKED, UNSUPPORTED_CIPHER
 */
export async function* sessionKeysFor(
  outer: OuterMessage,
  keyring: Keyring,
  limits: PgpLimits,
  check: () => void,
): AsyncGenerator<SessionKeys> {
  const trials = trialsFor(outer, keyring, limits);
  if (trials.length === 0) throw noKey(outer, keyring);
  let isCipherRefused = false;
  let isAnyOpen = false;
  for (const { packet, by, isHidden } of trials) {
    check();
    const opened = await openSession(packet, outer, by, limits);
    if (opened === 'CIPHER') isCipherRefused = true;
    if (!Array.isArray(opened)) continue;
    isAnyOpen = true;
    yield { keys: opened, by, isHidden };
  }
  if (isAnyOpen) return;
  if (isCipherRefused)
    throw new FailedToOpen('UNSUPPORTED_CIPHER', 'Not opened: it is encrypted with a cipher that is not supported.');
  if (trials.every(({ isHidden }) => isHidden)) throw noKey(outer, keyring);
}

function trialsFor({ recipients }: OuterMessage, { keys }: Keyring, limits: PgpLimits): Trial[] {
  const named: Trial[] = [];
  const hidden: Trial[] = [];
  for (const { packet, keyId } of recipients) {
    if (keyId !== null)
      named.push(...keys.filter((by) => by.keyIds.includes(keyId)).map((by) => ({ packet, by, isHidden: false })));
    else hidden.push(...keys.slice(0, limits.hiddenKeys).map((by) => ({ packet, by, isHidden: true })));
  }
  return [...named, ...hidden].slice(0, limits.trials);
}

/**
 * Only the session key packet and the head of the data go to the engine here: the head names the cipher of newer
 * messages, and the megabytes behind it are not touched by a wrong guess.
 */
async function openSession(
  packet: RawPacket,
  { bytes, data }: OuterMessage,
  { key }: UnlockedKey,
  limits: PgpLimits,
): Promise<DecryptedSessionKey[] | 'CIPHER' | null> {
  const config = openingConfig(limits);
  const head = writePacket(data.tag, data.body.subarray(0, 64));
  const binaryMessage = Buffer.concat([bytes.subarray(packet.start, packet.end), head]);
  try {
    const message = await readMessage({ binaryMessage, config });
    return await decryptSessionKeys({ message, decryptionKeys: key, config });
  } catch (error) {
    return error instanceof Error && /symmetric algorithm|cipher/i.test(error.message) ? 'CIPHER' : null;
  }
}

const MAX_SHOWN = 20;

function noKey({ recipients, keyIds }: OuterMessage, { locked }: Keyring): FailedToOpen {
  const hidden = recipients.filter(({ keyId }) => keyId === null).length;
  const ours = locked.find((one) => one.keyIds.some((id) => keyIds.includes(id)));
  const shown = keyIds.slice(0, MAX_SHOWN);
  if (ours || (hidden > 0 && locked.length > 0)) {
    const reason = (ours ?? locked[0])!.explanation;
    return new FailedToOpen('KEY_LOCKED', `Not opened: our private key could not be unlocked. ${reason}`, {
      keyIds: shown,
    });
  }
  const more = keyIds.length > MAX_SHOWN ? ` and ${keyIds.length - MAX_SHOWN} more` : '';
  const named = shown.length > 0 ? `key IDs ${shown.join(', ')}${more}` : '';
  const unnamed = hidden > 0 ? `${hidden} hidden ${hidden === 1 ? 'recipient' : 'recipients'}` : '';
  const all = [named, unnamed].filter((words) => words !== '').join(' and ');
  return new FailedToOpen('NO_KEY', `Encrypted for ${all}; none of them is configured here.`, { keyIds: shown });
}
