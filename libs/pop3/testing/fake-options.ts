import type { Socket } from 'node:net';
import type { TestCertificate, TestCertificateName } from './certificates.ts';
import type { FakePop3Faults } from './faults.ts';
import type { FakeMessage, FakeMessageInput } from './maildrop.ts';

/** Answers in place of the server: bytes as they are to be sent, null for silence, undefined to leave it to the server. */
export type FakeScript = (
  line: string,
  turn: { connection: number; user: string | null },
) => string | Buffer | null | undefined;

export interface FakePop3Options {
  /** User -> password. Default: `user` with `secret`. Each user has a maildrop of his own. */
  users?: Record<string, string>;
  /** User -> access token for XOAUTH2. Needs `sasl: ['XOAUTH2']`. */
  tokens?: Record<string, string>;
  /** The first user's messages. */
  messages?: readonly FakeMessageInput[];
  security?: 'NONE' | 'TLS' | 'STARTTLS';
  certificate?: TestCertificateName | TestCertificate;
  pipelining?: boolean;
  uidl?: boolean;
  top?: boolean;
  /** Mechanisms for AUTH: `PLAIN`, `XOAUTH2`. Default none. */
  sasl?: readonly string[];
  loginDelaySeconds?: number | null;
  /** What stands behind +OK in the greeting. */
  banner?: string;
  /** One session at a time for each maildrop; the second one gets [IN-USE]. Default false. */
  exclusive?: boolean;
  /** A pause before each answer, as over a long line. */
  latencyMs?: number;
  faults?: FakePop3Faults;
  script?: FakeScript;
  /** Default: one that is free. */
  port?: number;
}

export type Settled = Required<Omit<FakePop3Options, 'messages' | 'script' | 'latencyMs' | 'faults' | 'port'>> &
  Pick<FakePop3Options, 'script' | 'latencyMs'>;

/** What a session sees of its server. */
export interface FakeServerState {
  readonly options: Settled;
  readonly faults: FakePop3Faults;
  readonly log: string[];
  mostAhead: number;
  maildrop(user: string): FakeMessage[];
  remove(user: string, messages: readonly FakeMessage[]): void;
  enter(user: string, connection: number): boolean;
  encrypt(socket: Socket): Socket;
}
