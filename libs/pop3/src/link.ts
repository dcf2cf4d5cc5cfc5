import { cleanServerText, Pop3Error, type Pop3ErrorCode } from './errors.ts';
import type { Pop3Limits } from './limits.ts';
import { MultilineDecoder } from './multiline.ts';
import { Pace, seconds } from './pace.ts';
import { parseReply, type Reply } from './response.ts';
import { monotonicMs, type Wire } from './wire.ts';

const CRLF = Buffer.from('\r\n');
const FILLER = Buffer.from(' ');

/** Commands out, replies and multi-line answers in. Whatever breaks the order of the protocol drops the connection. */
export class Link {
  /** Commands sent and not yet answered. The greeting is owed from the start. */
  private owed = 1;

  constructor(
    private readonly wire: Wire,
    readonly limits: Pop3Limits,
    private readonly secrets: readonly string[] = [],
  ) {}

  get failure(): Pop3Error | null {
    return this.wire.failure;
  }

  /** To be called when the greeting came before this link was made: it is not repeated after STLS. */
  greeted(): void {
    this.owed = 0;
  }

  /** Sends one line. `line` must not hold a line break. */
  send(line: string): void {
    if (this.owed === 0 && this.wire.peek() !== null) throw this.unsolicited();
    this.owed += 1;
    this.wire.write(`${line}\r\n`);
  }

  /** The next status line. `awaited` names it in errors: "an answer to STAT". */
  async reply(awaited: string): Promise<Reply> {
    const line = await this.readLine(awaited);
    this.owed -= 1;
    const reply = parseReply(line);
    if (reply === null) {
      throw this.fatal(
        'PROTOCOL',
        `The server sent something else where ${awaited} was due. Check that it speaks POP3.`,
      );
    }
    return { ...reply, text: this.clean(reply.text) };
  }

  /** Sends a command and gives its status line. */
  command(line: string): Promise<Reply> {
    this.send(line);
    return this.reply(`an answer to ${line.split(' ', 1)[0]}`);
  }

  /**
   * The content of a multi-line answer, un-stuffed, byte for byte. It is whole only when the iteration ends by itself.
   * Leaving it early drops the connection, for the rest could only be read to be thrown away.
   */
  async *content(limitBytes: number): AsyncGenerator<Buffer, void, undefined> {
    const decoder = new MultilineDecoder();
    const pace = new Pace(this.limits);
    let bytes = 0;
    let whole = false;
    try {
      while (!decoder.ended) {
        const content = decoder.push(await this.piece(pace));
        bytes += content.length;
        if (bytes > limitBytes) throw this.fatal('TOO_LARGE', `The message is larger than ${limitBytes} bytes.`);
        if (decoder.ended) {
          this.wire.unread(decoder.rest);
          this.requireCleanEnd();
          whole = true;
        }
        if (content.length > 0) yield content;
      }
    } finally {
      if (!whole) this.drop('The answer was not read to its end. Nothing was removed on the server.');
    }
  }

  /** Reads a listing line by line. A line longer than `lineBytes` is cut there and told as such. */
  async lines(awaited: string, take: (line: string, isCut: boolean) => void): Promise<void> {
    const { listLines, listBytes, lineBytes } = this.limits;
    let count = 0;
    let carry: Buffer = Buffer.alloc(0);
    let isCut = false;
    const finish = (line: Buffer) => {
      count += 1;
      if (count > listLines) throw this.fatal('TOO_LARGE', `${awaited} has more than ${listLines} lines.`);
      take(line.subarray(0, lineBytes).toString('latin1'), isCut || line.length > lineBytes);
      isCut = false;
    };
    try {
      for await (const piece of this.content(listBytes)) {
        let rest = carry.length === 0 ? piece : Buffer.concat([carry, piece]);
        for (let end = rest.indexOf(CRLF); end !== -1; end = rest.indexOf(CRLF)) {
          finish(rest.subarray(0, end));
          rest = rest.subarray(end + 2);
        }
        if (rest.length > lineBytes + 2) {
          // Only what may still be needed is kept: the start of the line, and a CR that may belong to its end. The
          // filler between keeps bytes that were apart from forming a CRLF.
          isCut = true;
          rest = Buffer.concat([rest.subarray(0, lineBytes), FILLER, rest.subarray(rest.length - 1)]);
        }
        carry = Buffer.from(rest);
      }
    } catch (error) {
      if (!(error instanceof Pop3Error) || error.code !== 'TOO_LARGE') throw error;
      throw new Pop3Error('TOO_LARGE', `${awaited} is too long. Remove old mail on the server.`, { cause: error });
    }
  }

  /** Words of the server, without secrets and control characters. */
  clean(text: string): string {
    return cleanServerText(Buffer.from(text, 'latin1').toString('utf8'), this.secrets);
  }

  /** True when bytes have come that no command asked for. */
  get hasUnasked(): boolean {
    return this.wire.peek() !== null;
  }

  /** Drops the connection without QUIT: the server removes nothing (RFC 1939, section 6). */
  drop(why = 'The session was dropped. Nothing was removed on the server.'): void {
    this.wire.destroy(new Pop3Error('CLOSED', why));
  }

  /** Drops the connection and gives the error to throw. */
  fatal(code: Pop3ErrorCode, message: string): Pop3Error {
    const error = this.wire.failure ?? new Pop3Error(code, message);
    this.wire.destroy(error);
    return error;
  }

  private async readLine(awaited: string): Promise<string> {
    const { replyMs, lineBytes } = this.limits;
    const until = monotonicMs() + replyMs;
    let line: Buffer = Buffer.alloc(0);
    for (;;) {
      const piece = await this.wire.take(until - monotonicMs());
      if (piece === 'TIMEOUT')
        throw this.fatal('TIMEOUT', `The server did not send ${awaited} within ${seconds(replyMs)}.`);
      if (piece === 'END') throw this.fatal('CLOSED', `The server closed the connection where ${awaited} was due.`);
      line = line.length === 0 ? piece : Buffer.concat([line, piece]);
      const end = line.indexOf(CRLF);
      if (end > lineBytes || (end === -1 && line.length > lineBytes + 1)) {
        throw this.fatal('PROTOCOL', `The server sent a status line of more than ${lineBytes} bytes.`);
      }
      if (end === -1) continue;
      this.wire.unread(line.subarray(end + 2));
      return line.toString('latin1', 0, end);
    }
  }

  private async piece(pace: Pace): Promise<Buffer> {
    for (;;) {
      const since = monotonicMs();
      const piece = await this.wire.take(pace.nextWaitMs);
      if (piece === 'END') throw this.fatal('CLOSED', 'The server closed the connection in the middle of an answer.');
      try {
        pace.book(monotonicMs() - since, piece === 'TIMEOUT' ? 0 : piece.length);
      } catch (error) {
        this.wire.destroy(error as Pop3Error);
        throw error;
      }
      if (piece !== 'TIMEOUT') return piece;
    }
  }

  /** Behind an answer may stand the next owed status line and nothing else; more means that dots were not stuffed. */
  private requireCleanEnd(): void {
    const next = this.wire.peek();
    if (next === null || (this.owed > 0 && (next === 0x2b || next === 0x2d))) return;
    throw this.fatal(
      'PROTOCOL',
      'The server went on after the end of an answer. It may not mark lines that begin with a dot; the answer was not kept.',
    );
  }

  private unsolicited(): Pop3Error {
    if (this.wire.peek() === 0x2d)
      return this.fatal('CLOSED', 'The server ended the session by itself, perhaps for idleness.');
    return this.fatal('PROTOCOL', 'The server sent something that nobody asked for. The connection was dropped.');
  }
}
