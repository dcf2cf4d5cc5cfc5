import type { Pop3Limits } from './limits.ts';

/** `TLS`: encrypted from the first byte (RFC 8314). `STARTTLS`: STLS (RFC 2595), never without. `NONE`: in the clear. */
export type Pop3Security = 'TLS' | 'STARTTLS' | 'NONE';

/** One finished stage of opening a session, for a live connection test. A stage that fails is told by the error. */
export interface Pop3Step {
  name: 'RESOLVE' | 'CONNECT' | 'SECURE' | 'SIGN_IN' | 'CAPA';
  durationMs: number;
  /** A short phrase for people. Holds no secret and no words of the greeting. */
  detail: string;
}

/** Something odd in a listing that was passed over. At most 100 are told per listing. */
export interface Pop3Warning {
  command: 'LIST' | 'UIDL';
  /** The number of the message; null when the line had none that could be read. */
  number: number | null;
  reason: 'MALFORMED_LINE' | 'DUPLICATE_NUMBER' | 'DUPLICATE_ID' | 'MALFORMED_ID' | 'ID_TOO_LONG';
}

/** Where to collect, as whom, and within which bounds. */
export interface Pop3Options {
  /** The name (or address) of the server. The certificate must be for this. */
  host: string;
  port: number;
  security: Pop3Security;
  user: string;
  password: string;
  /** An OAuth access token: sign in by XOAUTH2 with it instead of the password. */
  accessToken?: string;
  /** IP addresses that the caller has already resolved and checked. Only these are connected to, in this order. */
  addresses?: readonly string[];
  tls?: {
    /** PEM certificates to trust instead of the built-in roots. */
    ca?: string;
    /** False accepts any certificate: then the connection is not safe against someone in between. Default true. */
    rejectUnauthorized?: boolean;
  };
  /** False never sends a command before the last one is answered, whatever the server claims. Default true. */
  pipelining?: boolean;
  limits?: Partial<Pop3Limits>;
  /** Aborting drops the connection at once, without QUIT: nothing is removed. */
  signal?: AbortSignal;
  onStep?: (step: Pop3Step) => void;
  onWarning?: (warning: Pop3Warning) => void;
}
