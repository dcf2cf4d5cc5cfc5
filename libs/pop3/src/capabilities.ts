import type { Link } from './link.ts';

/** What the server says it can do (RFC 2449, section 6). All off when it does not know CAPA. */
export interface Pop3Capabilities {
  /** False when CAPA was refused: then nothing is known, and optional commands may still work. */
  isKnown: boolean;
  pipelining: boolean;
  uidl: boolean;
  top: boolean;
  user: boolean;
  stls: boolean;
  /** Mechanisms for AUTH in upper case. */
  sasl: readonly string[];
  /** Seconds the server wants between two sign-ins; null if it does not say. */
  loginDelaySeconds: number | null;
  /** Days after which the server removes mail by itself; null for never or unsaid. */
  expireDays: number | null;
  implementation: string | null;
}

/** What holds before anything is known. */
export const NO_CAPABILITIES: Pop3Capabilities = Object.freeze({
  isKnown: false,
  pipelining: false,
  uidl: false,
  top: false,
  user: false,
  stls: false,
  sasl: [],
  loginDelaySeconds: null,
  expireDays: null,
  implementation: null,
});

/** Reads the lines of CAPA. A word that is not known is passed over (RFC 2449, section 5). */
export function parseCapabilities(lines: readonly string[]): Pop3Capabilities {
  const words = new Map<string, string>();
  for (const line of lines) {
    const [, word, argument] = /^(\S+)[ \t]*([\s\S]*)$/.exec(line) ?? [];
    if (word !== undefined) words.set(word.toUpperCase(), (argument ?? '').trim());
  }
  return {
    isKnown: true,
    pipelining: words.has('PIPELINING'),
    uidl: words.has('UIDL'),
    top: words.has('TOP'),
    user: words.has('USER'),
    stls: words.has('STLS'),
    sasl: (words.get('SASL') ?? '').toUpperCase().split(/\s+/).filter(Boolean),
    loginDelaySeconds: numberIn(words.get('LOGIN-DELAY')),
    expireDays: numberIn(words.get('EXPIRE')),
    implementation: words.get('IMPLEMENTATION')?.slice(0, 200) || null,
  };
}

/** Asks for CAPA. A server without it gives `otherwise`. */
export async function askCapabilities(link: Link, otherwise: Pop3Capabilities): Promise<Pop3Capabilities> {
  const reply = await link.command('CAPA');
  if (reply.kind !== 'OK') return otherwise;
  const lines: string[] = [];
  await link.lines('The list of capabilities', (line) => lines.push(link.clean(line)));
  return parseCapabilities(lines);
}

function numberIn(argument: string | undefined): number | null {
  const digits = /^(\d{1,9})(?:\s|$)/.exec(argument ?? '')?.[1];
  return digits === undefined ? null : Number(digits);
}
