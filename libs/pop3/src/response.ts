/** A status line. `CONTINUE` is the challenge of an AUTH exchange (RFC 5034, section 4). */
export interface Reply {
  kind: 'OK' | 'ERR' | 'CONTINUE';
  /** The response code without brackets in upper case (RFC 2449, section 8); null if there is none. */
  responseCode: string | null;
  /** What stands behind status and response code. */
  text: string;
}

const STATUS = /^(\+OK|-ERR)(?:[ \t]+([\s\S]*))?$/i;
const CHALLENGE = /^\+(?: ([\s\S]*))?$/;
const RESPONSE_CODE = /^\[([A-Za-z0-9/_-]{1,64})(?: [^\]]*)?\][ \t]*/;

/** Reads one status line without its CRLF (RFC 1939, section 3); null if it is none. */
export function parseReply(line: string): Reply | null {
  const status = STATUS.exec(line);
  if (status === null) {
    const challenge = CHALLENGE.exec(line);
    return challenge === null ? null : { kind: 'CONTINUE', responseCode: null, text: challenge[1] ?? '' };
  }
  const kind = status[1]?.startsWith('+') ? 'OK' : 'ERR';
  const words = status[2] ?? '';
  const code = RESPONSE_CODE.exec(words);
  if (code === null) return { kind, responseCode: null, text: words };
  return { kind, responseCode: (code[1] ?? '').toUpperCase(), text: words.slice(code[0].length) };
}
