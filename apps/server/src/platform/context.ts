import type { openPop3 } from '@support-center/pop3';
import type { EntityManager } from 'typeorm';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database, OpenTransaction, Wake } from './database.ts';
import type { DnsDoor } from './dns.ts';
import type { Log } from './log.ts';
import type { Random } from './random.ts';
import type { Ranking } from './ranking.ts';
import type { Secrets } from './secrets.ts';
import type { SmtpDoor } from './smtp.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What an API token may do; an administrator may do all of it, an assistant all but settings and mass mail. */
export const SCOPES = [
  'tickets:read',
  'tickets:write',
  'kb:read',
  'kb:write',
  'settings:read',
  'settings:write',
  'mail:send',
] as const;
export type Scope = (typeof SCOPES)[number];

/** Who acts. The system itself may do everything that a use case offers. */
export type Actor =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'system' }
  | {
      readonly kind: 'agent';
      readonly agentId: string;
      readonly sessionId: string;
      readonly role: 'ADMIN' | 'ASSISTANT';
    }
  | { readonly kind: 'token'; readonly tokenId: string; readonly scopes: ReadonlySet<Scope> };

/** One per process: everything that reaches outside. */
export interface Services {
  readonly config: Config;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly database: Database;
  readonly secrets: Secrets;
  readonly openPop3: typeof openPop3;
  readonly smtp: SmtpDoor;
  readonly dns: DnsDoor;
  /** Threads for work that a stranger's bytes could make slow. */
  readonly workers: WorkerPool;
  /** Ranks texts against a letter, in memory. */
  readonly ranking: Ranking;
  /** A thread that alone is given private keys, and has no other work. */
  readonly keyWorkers: WorkerPool;
  /** Wakes the loops of this process that wait for rows of that kind. Losing a wake only costs a poll interval. */
  readonly wake: (what: Wake) => void;
}

/** One per request or job. `db` is bound to the open transaction where there is one, else it only reads. */
export interface Context extends Services {
  readonly actor: Actor;
  readonly db: EntityManager;
  readonly transaction: OpenTransaction | null;
}

/** A context outside any transaction. */
export function makeContext(services: Services, actor: Actor): Context {
  return { ...services, actor, db: services.database.reader.manager, transaction: null };
}

/** The product acting for itself: jobs, listeners, the start. */
export function systemContext(services: Services): Context {
  return makeContext(services, { kind: 'system' });
}
