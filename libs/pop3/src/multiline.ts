const CR = 0x0d;
const LF = 0x0a;
const DOT = 0x2e;
const LINE_THEN_DOT = Buffer.from('\r\n.');
const LONE_CR = Buffer.from('\r');

type State = 'LINE_START' | 'IN_LINE' | 'AFTER_CR' | 'AFTER_DOT' | 'AFTER_DOT_CR' | 'ENDED';

/**
 * Takes a multi-line answer (RFC 1939, section 3) piece by piece and gives its content back byte for byte.
 * Lines end at CRLF alone: a dot behind a bare CR or LF neither ends the answer nor is un-stuffed.
 * The CRLF of the last line belongs to the content. Copies nothing but pieces with stuffed dots.
 */
export class MultilineDecoder {
  private state: State = 'LINE_START';
  /** What came behind the end, once `ended`. */
  rest: Buffer = Buffer.alloc(0);

  /** True once `CRLF.CRLF` has come (or `.CRLF` as the whole answer). */
  get ended(): boolean {
    return this.state === 'ENDED';
  }

  /** The content in this piece; empty when all of it is framing. Not to be called once `ended`. */
  push(piece: Buffer): Buffer {
    const content: Buffer[] = [];
    let at = 0;
    let from = 0;
    const keepUpTo = (end: number) => {
      if (end > from) content.push(piece.subarray(from, end));
    };
    while (at < piece.length && this.state !== 'ENDED') {
      const byte = piece[at];
      switch (this.state) {
        case 'LINE_START':
          if (byte === DOT) {
            keepUpTo(at);
            at += 1;
            from = at;
            this.state = 'AFTER_DOT';
          } else this.state = 'IN_LINE';
          break;
        case 'IN_LINE':
          at = this.skipToDot(piece, at);
          break;
        case 'AFTER_CR':
          if (byte === LF) this.state = 'LINE_START';
          else if (byte !== CR) this.state = 'IN_LINE';
          at += 1;
          break;
        case 'AFTER_DOT':
          if (byte === CR) {
            at += 1;
            from = at;
            this.state = 'AFTER_DOT_CR';
          } else this.state = 'IN_LINE';
          break;
        case 'AFTER_DOT_CR':
          if (byte === LF) {
            at += 1;
            from = at;
            this.state = 'ENDED';
          } else {
            // The dot was stuffing after all, and the CR that was held back is content.
            content.push(LONE_CR);
            this.state = 'AFTER_CR';
          }
          break;
      }
    }
    if (this.state === 'ENDED') this.rest = piece.subarray(at);
    else keepUpTo(piece.length);
    return content.length === 1 && content[0] ? content[0] : Buffer.concat(content);
  }

  /** From inside a line to the next dot at the start of a line, or to the end of the piece. */
  private skipToDot(piece: Buffer, at: number): number {
    const found = piece.indexOf(LINE_THEN_DOT, at);
    if (found !== -1) {
      this.state = 'LINE_START';
      return found + 2;
    }
    const last = piece.length - 1;
    if (piece[last] === CR) this.state = 'AFTER_CR';
    else if (last > at && piece[last] === LF && piece[last - 1] === CR) this.state = 'LINE_START';
    return piece.length;
  }
}
