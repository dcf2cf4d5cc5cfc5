/** A refusal with its response code (RFC 2449, RFC 3206). */
export type FakeRefusal = 'IN-USE' | 'LOGIN-DELAY' | 'SYS/TEMP' | 'SYS/PERM' | 'AUTH';

export type FakeRetrFault =
  /** This message is refused; the others come. */
  | 'ERR'
  /** Refused with [SYS/TEMP]. */
  | 'SYS/TEMP'
  /** The connection goes down in the middle of the message. */
  | 'DROP'
  /** The connection goes down after the last byte, before the final dot. */
  | 'DROP_BEFORE_DOT'
  /** Half of the message, then nothing. */
  | 'STALL'
  /** +OK, then lines without end. */
  | 'ENDLESS'
  /** Dots at the start of lines are not doubled. */
  | 'UNSTUFFED'
  /** One byte every 2 ms. */
  | 'TRICKLE'
  /** No status line at all. */
  | 'SILENT'
  /** A status line that never ends. */
  | 'LONG_STATUS';

/** What goes wrong. Each may be changed on `server.faults` while the server runs, and holds from the next command on. */
export interface FakePop3Faults {
  /** The connection is accepted and closed at once. */
  connect?: 'DROP';
  /** `SLOW`: byte by byte, one each 5 ms. `SSH`: the banner of something else. */
  greeting?: 'SILENT' | 'ERR' | 'SLOW' | 'SSH' | 'LONG' | FakeRefusal;
  /** `INJECT`: plain text behind the +OK to STLS. `PLAIN`: the handshake is answered in plain text. */
  stls?: 'STRIPPED' | 'ERR' | 'INJECT' | 'PLAIN';
  capa?: 'ERR' | 'ENDLESS';
  /** `ECHO`: the refusal repeats the password. `LOCKED`: a lock without response code. `NO_PLAIN`: AUTH PLAIN is refused. */
  signIn?: FakeRefusal | 'ECHO' | 'LOCKED' | 'NO_PLAIN' | 'NEEDS_TLS' | 'SILENT';
  stat?: 'ERR' | 'GARBAGE';
  list?: 'ERR' | 'WRONG_SIZES' | 'ENDLESS' | 'MALFORMED';
  /** `GAPS`: every second line is missing. `LONG`: 71 characters. `LONGEST`: a line of 100 kB. */
  uidl?: 'ERR' | 'SYS/TEMP' | 'DUPLICATES' | 'GAPS' | 'LONG' | 'LONGEST' | 'SPACES' | 'NON_ASCII' | 'TWICE' | 'ENDLESS';
  /** For every message, or by message number. */
  retr?: FakeRetrFault | Record<number, FakeRetrFault>;
  /** `WHOLE`: the whole message comes. */
  top?: 'ERR' | 'WHOLE';
  /** `DROP_AFTER`: marked and answered, then the connection goes down. */
  dele?: 'ERR' | 'DROP_AFTER' | Record<number, 'ERR'>;
  /** `KEEP`: +OK, and the messages are still there. `ERR`: likewise, but said. */
  quit?: 'ERR' | 'SILENT' | 'DROP' | 'KEEP';
  /** What becomes of commands sent before the last one was answered. */
  pipelining?: 'SWALLOW' | 'DROP' | 'ERR';
  /** Words out of turn behind each finished sign-in. */
  unasked?: 'TEXT' | 'BYE';
}
