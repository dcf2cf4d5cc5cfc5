const LINE_THEN_DOT = Buffer.from('\r\n.');
const DOT = Buffer.from('.');

/** Doubles a dot at the start of each line (RFC 1939, section 3), piece by piece. Lines end at CRLF alone. */
export class DotStuffer {
  /** The last two bytes that went out, as text. The start counts as the start of a line. */
  private tail = '\r\n';

  push(piece: Buffer): Buffer {
    if (piece.length === 0) return piece;
    const out: Buffer[] = [];
    if (piece[0] === 0x2e && this.tail === '\r\n') out.push(DOT);
    else if (this.tail.endsWith('\r') && piece[0] === 0x0a && piece[1] === 0x2e) {
      out.push(piece.subarray(0, 1), DOT);
      piece = piece.subarray(1);
    }
    let from = 0;
    for (let at = piece.indexOf(LINE_THEN_DOT); at !== -1; at = piece.indexOf(LINE_THEN_DOT, at + 2)) {
      out.push(piece.subarray(from, at + 2), DOT);
      from = at + 2;
    }
    out.push(piece.subarray(from));
    const stuffed = Buffer.concat(out);
    this.tail = (this.tail + stuffed.subarray(-2).toString('latin1')).slice(-2);
    return stuffed;
  }

  /** What ends the answer; adds the CRLF that the last line lacks. */
  end(): Buffer {
    return Buffer.from(this.tail === '\r\n' ? '.\r\n' : '\r\n.\r\n');
  }
}
