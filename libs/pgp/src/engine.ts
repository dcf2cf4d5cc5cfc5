import { type Config, config } from 'openpgp';
import type { PgpLimits } from './limits.ts';

/**
 * The settings that every call of the engine gets. The dangerous ones are named here even where the engine's default
 * is the same, so that no change of a default can open them.
 */
export function engineConfig(limits: PgpLimits): Config {
  return {
    ...config,
    allowUnauthenticatedMessages: false,
    allowUnauthenticatedStream: false,
    enforceGrammar: true,
    ignoreMalformedPackets: false,
    ignoreUnsupportedPackets: true,
    enableParsingV5Entities: false,
    maxDecompressedMessageSize: limits.decompressedBytes,
    maxArgon2MemoryExponent: limits.argon2MemoryExponent,
    showVersion: false,
    showComment: false,
  };
}

/** The same for opening: old keys that carry no flags, or one key for signing and reading, still open old mail. */
export function openingConfig(limits: PgpLimits): Config {
  return { ...engineConfig(limits), allowMissingKeyFlags: true, allowInsecureDecryptionWithSigningKeys: true };
}

/** A stream of the engine (its own kind or a web stream), as far as this package reads it. */
export interface Readable<T> {
  getReader(): { read(): Promise<{ done: boolean; value?: T }> };
}

/** Whether a value is a stream of the engine rather than the data itself. */
export function isReadable<T>(value: unknown): value is Readable<T> {
  return typeof value === 'object' && value !== null && 'getReader' in value;
}

/** All that a stream still holds; `check` may throw between two pieces. */
export async function drain<T>(stream: Readable<T>, check: () => void): Promise<T[]> {
  const reader = stream.getReader();
  const all: T[] = [];
  for (;;) {
    check();
    const { done, value } = await reader.read();
    if (done) return all;
    if (value !== undefined) all.push(value);
  }
}
