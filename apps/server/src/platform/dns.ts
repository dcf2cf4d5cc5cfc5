import { Resolver } from 'node:dns/promises';

/** Asks the name servers of this machine. */
export interface DnsDoor {
  /** The TXT records of a name, the pieces of each joined (RFC 7208, section 3.3); none where there are none. @throws DnsFailure */
  txt(name: string): Promise<readonly string[]>;
}

/** Nobody knows what the DNS holds: it was not reached, answered with an error, or with more than is read. */
export class DnsFailure extends Error {}

/** How long an answer may take and how large it may be. */
export interface DnsLimits {
  readonly timeoutMs: number;
  readonly records: number;
  readonly characters: number;
}

const LIMITS: DnsLimits = { timeoutMs: 5000, records: 50, characters: 16_384 };
/** The name, or a record of this type, does not exist: an answer like others. */
const NOTHING = new Set(['ENOTFOUND', 'ENODATA']);
const REASONS: Readonly<Record<string, string>> = {
  ETIMEOUT: 'no answer came in time',
  ECANCELLED: 'no answer came in time',
  ECONNREFUSED: 'the name server refused the connection',
  EREFUSED: 'the name server refused the question',
  ESERVFAIL: 'the name server answered that it failed',
};

/** A door to the DNS; `servers` (`address` or `address:port`) in place of those of this machine. */
export function makeDnsDoor({
  servers,
  limits = {},
}: {
  servers?: string[];
  limits?: Partial<DnsLimits>;
} = {}): DnsDoor {
  const { timeoutMs, records, characters } = { ...LIMITS, ...limits };
  return {
    async txt(name) {
      const resolver = new Resolver({ timeout: Math.ceil(timeoutMs / 2), tries: 2 });
      if (servers) resolver.setServers(servers);
      const deadline = setTimeout(() => resolver.cancel(), timeoutMs);
      try {
        const answer = await resolver.resolveTxt(name);
        const texts = answer.slice(0, records).map((pieces) => pieces.join(''));
        if (answer.length > records || texts.join('').length > characters)
          throw new DnsFailure('its answer is larger than any such record');
        return texts;
      } catch (error) {
        if (error instanceof DnsFailure) throw error;
        const code = String((error as NodeJS.ErrnoException).code);
        if (NOTHING.has(code)) return [];
        throw new DnsFailure(REASONS[code] ?? `the question failed with ${code}`, { cause: error });
      } finally {
        clearTimeout(deadline);
      }
    },
  };
}
