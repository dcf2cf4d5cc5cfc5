/** How much and how long a server may take. Times in milliseconds, sizes in bytes. */
export interface Pop3Limits {
  /** Name resolution, TCP and implicit TLS together; once more for the TLS handshake after STLS. */
  connectMs: number;
  /** One whole status line, from the command to its CRLF. Also the greeting. */
  replyMs: number;
  /** Silence between two pieces of a multi-line answer. Runs only while we wait for the server. */
  chunkMs: number;
  /** One multi-line answer as a whole. Counts only the time in which we wait for the server. */
  retrieveMs: number;
  /** The least average speed of a multi-line answer over `rateWindowMs` of waiting. 0 switches it off. */
  minBytesPerSecond: number;
  rateWindowMs: number;
  /** One status line or one line of a listing without its CRLF. RFC 2449 allows 512; some servers write more. */
  lineBytes: number;
  /** Lines in LIST, UIDL or CAPA. */
  listLines: number;
  /** Bytes in LIST, UIDL or CAPA. */
  listBytes: number;
  /** What `top` may bring when the caller names no limit: some servers send the whole message. */
  topBytes: number;
  /** RETR or DELE commands that may be unanswered at a time on a server with PIPELINING. */
  inFlight: number;
}

/** The limits that hold where the caller names none. */
export const DEFAULT_LIMITS: Readonly<Pop3Limits> = Object.freeze({
  connectMs: 10_000,
  replyMs: 30_000,
  chunkMs: 60_000,
  retrieveMs: 600_000,
  minBytesPerSecond: 1024,
  rateWindowMs: 60_000,
  lineBytes: 2048,
  listLines: 200_000,
  listBytes: 32 * 1024 * 1024,
  topBytes: 1024 * 1024,
  inFlight: 64,
});
