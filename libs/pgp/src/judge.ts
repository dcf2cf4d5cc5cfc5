import { createMessage, enums, type Key, readSignature, type SignaturePacket, type Subkey } from 'openpgp';
import { engineConfig } from './engine.ts';
import { dayOf } from './errors.ts';
import { revocationOf, validUsers } from './key-facts.ts';
import type { PgpLimits } from './limits.ts';
import { TAG, writePacket } from './packets.ts';
import type { PublicKeyInfo } from './public-keys.ts';
import { type SignatureFacts, signatureFacts } from './signature-facts.ts';
import type { SignatureResult, SignatureState } from './signature-state.ts';

/** What a signature is judged by. */
export interface Witness {
  /** The exact bytes that are signed. */
  data: Uint8Array;
  /** The keys that the caller trusts. */
  keys: readonly PublicKeyInfo[];
  /** The sender's address; left out, a signature by any known key is VALID. */
  from?: string | undefined;
  now: Date;
  limits: PgpLimits;
  /** Throws when the time is over. */
  check: () => void;
}

/** Judges the signature packets (bodies) over one text, in order; those over `limits.signatures` are left out. */
export async function judgeAll(bodies: readonly Uint8Array[], witness: Witness): Promise<SignatureResult[]> {
  const results: SignatureResult[] = [];
  for (const body of bodies.slice(0, witness.limits.signatures)) {
    witness.check();
    results.push(await judge(body, witness));
  }
  return results;
}

async function judge(body: Uint8Array, witness: Witness): Promise<SignatureResult> {
  const facts = signatureFacts(body);
  if (!facts) return result('INVALID', 'The signature is damaged and could not be checked.', null);
  const outdated = outdatedForm(facts);
  if (outdated) return result('OUTDATED', outdated, facts);
  if (facts.type > 1) return result('INVALID', 'The signature is not one over a message.', facts);
  const candidates = witness.keys
    .filter(({ keyIds }) => facts.keyId !== null && keyIds.includes(facts.keyId))
    .slice(0, 4);
  if (candidates.length === 0) {
    return result(
      'UNKNOWN_KEY',
      `Signed with the key ${facts.keyId ?? '(not named)'}, which is not known here; not checked.`,
      facts,
    );
  }
  const packet = await parse(body, witness.limits);
  for (const candidate of candidates) {
    const judged = packet && (await judgeBy(candidate, packet, facts, witness));
    if (judged) return judged;
  }
  const [first] = candidates;
  return result(
    'INVALID',
    'The signature does not fit: the text was changed on its way, or the signature is false.',
    facts,
    first,
  );
}

const OLD_HASHES = new Map<number, string>([
  [1, 'MD5'],
  [2, 'SHA-1'],
  [3, 'RIPEMD-160'],
]);

/** RFC 9580, section 9.5, forbids checking these; they must not look unsigned either. */
function outdatedForm({ version, hash }: SignatureFacts): string | null {
  if (version <= 3) return `The signature is in an outdated form (version ${version}) and was not checked.`;
  if (version === 5) return 'The signature is of an unsupported OpenPGP version (5) and was not checked.';
  const name = OLD_HASHES.get(hash);
  return name ? `The signature is in an outdated form (${name}) and was not checked.` : null;
}

async function parse(body: Uint8Array, limits: PgpLimits): Promise<SignaturePacket | null> {
  const binarySignature = writePacket(TAG.signature, body);
  const signature = await readSignature({ binarySignature, config: engineConfig(limits) }).catch(() => null);
  return signature?.packets[0] ?? null;
}

/** Null when the signature was not made by this key over these bytes. */
async function judgeBy(
  info: PublicKeyInfo,
  packet: SignaturePacket,
  facts: SignatureFacts,
  witness: Witness,
): Promise<SignatureResult | null> {
  const part = info.key.getKeys().find((key) => key.getKeyID().toHex().toUpperCase() === facts.keyId);
  if (!part) return null;
  const weak = weakness(part, witness.limits);
  if (weak)
    return result('OUTDATED', `The signature is in an outdated form (${weak}) and was not checked.`, facts, info);
  if (!(await fits(packet, part, witness))) return null;
  const ended = (await endOfSignature(packet, witness.now)) ?? (await endOfKey(info.key, part, witness));
  if (ended) return result('EXPIRED', ended, facts, info);
  const problem = await bindingProblem(info.key, part, packet, witness);
  if (problem) return result('INVALID', problem, facts, info);
  return judgeSender(info, facts, witness);
}

/** Whether the signature is right over the bytes by this key; times are judged apart, with their own sentences. */
async function fits(packet: SignaturePacket, part: Key | Subkey, { data, limits }: Witness): Promise<boolean> {
  const message = await createMessage({ binary: data });
  const type = packet.signatureType === enums.signature.text ? enums.signature.text : enums.signature.binary;
  try {
    await packet.verify(
      part.keyPacket,
      type,
      message.packets[0] as object,
      null as unknown as Date,
      true,
      engineConfig(limits),
    );
    return true;
  } catch {
    return false;
  }
}

function weakness(part: Key | Subkey, limits: PgpLimits): string | null {
  const config = engineConfig(limits);
  const { algorithm, bits, curve } = part.getAlgorithmInfo();
  if (config.rejectPublicKeyAlgorithms.has(enums.publicKey[algorithm as keyof typeof enums.publicKey])) {
    return `${algorithm.toUpperCase()} key`;
  }
  if (algorithm.startsWith('rsa') && (bits ?? 0) < config.minRSABits) return `RSA key of ${bits} bits`;
  return curve && [...config.rejectCurves].includes(curve as never) ? `${curve} key` : null;
}

async function endOfSignature(packet: SignaturePacket, now: Date): Promise<string | null> {
  const end = packet.getExpirationTime();
  return end instanceof Date && end <= now ? `Signed, but the signature expired on ${dayOf(end)}.` : null;
}

async function endOfKey(key: Key, part: Key | Subkey, { now, limits }: Witness): Promise<string | null> {
  const config = engineConfig(limits);
  const revokedAt = await revocationOf(key, now);
  if (revokedAt) return `Signed, but the key was revoked on ${dayOf(revokedAt)}.`;
  if ('mainKey' in part) {
    const binding = part.bindingSignatures[0];
    if (binding && (await part.isRevoked(binding, key.keyPacket, now, config))) {
      const at = new Date(Math.max(0, ...part.revocationSignatures.map(({ created }) => created?.getTime() ?? 0)));
      return `Signed, but the key was revoked on ${dayOf(at)}.`;
    }
  }
  const ends = [await key.getExpirationTime(), 'mainKey' in part ? await part.getExpirationTime(now) : null];
  const past = ends.find((end): end is Date => end instanceof Date && end <= now);
  return past ? `Signed, but the key expired on ${dayOf(past)}.` : null;
}

const CLOCK_SKEW_MS = 24 * 60 * 60 * 1000;

/** The key must be one that may sign, bound to its main key when the signature was made. */
async function bindingProblem(
  key: Key,
  part: Key | Subkey,
  packet: SignaturePacket,
  { now, limits }: Witness,
): Promise<string | null> {
  const created = packet.created ?? now;
  if (created.getTime() > now.getTime() + CLOCK_SKEW_MS) return 'The signature claims to be made in the future.';
  if (part.getCreationTime() > created) return 'The signature claims to be older than its key.';
  try {
    await key.getSigningKey(part.getKeyID(), created, undefined, engineConfig(limits));
    return null;
  } catch {
    return 'The key that signed was not allowed to sign messages.';
  }
}

async function judgeSender(
  info: PublicKeyInfo,
  facts: SignatureFacts,
  { from, now }: Witness,
): Promise<SignatureResult> {
  const signer = info.userIds[0] ?? info.fingerprint;
  const address = from?.trim().toLowerCase();
  if (address === undefined) return result('VALID', `Signed by ${signer}; the signature is valid.`, facts, info);
  const users = await validUsers(info.key, now);
  if (users.some(({ email }) => email !== '' && email === address)) {
    return result('VALID', `Signed by ${signer}; the signature is valid.`, facts, info);
  }
  return result('MISMATCH', `Valid signature by ${signer}, not by the sender.`, facts, info);
}

function result(
  state: SignatureState,
  explanation: string,
  facts: SignatureFacts | null,
  info?: PublicKeyInfo,
): SignatureResult {
  return {
    state,
    explanation,
    keyId: facts?.keyId ?? null,
    fingerprint: info?.fingerprint ?? null,
    signer: info ? (info.userIds[0] ?? null) : null,
    createdAt: facts?.createdAt ?? null,
  };
}
