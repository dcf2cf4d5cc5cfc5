import { Pop3Error } from './errors.ts';
import type { Link } from './link.ts';
import { refusedCommand } from './refusal.ts';
import type { Reply } from './response.ts';

/** One message of `retrieveAll`. */
export interface Retrieved {
  number: number;
  /**
   * The bytes of the message. Read it to its end before taking the next message; one that is not begun is skipped over.
   * Throws REFUSED when the server has not got this message; the others still come.
   */
  body: AsyncIterable<Buffer>;
}

export interface Pipe {
  link: Link;
  /** Commands may be sent before the last one is answered. */
  isPipelined: boolean;
  /** Where a LIST was read: what each message may weigh. */
  sizes: ReadonlyMap<number, number>;
  /** Set once a command that was sent ahead got its answer: the server keeps its promise. */
  proof: { isProven: boolean };
}

interface Sent {
  number: number;
  weight: number;
  /** Sent before the answer to another command was complete. */
  isAhead: boolean;
}

/** What a message may weigh when no LIST told. */
const UNKNOWN_WEIGHT = 64 * 1024;

/** Keeps a window of commands under way and hands out their answers in the order of asking (RFC 2449, section 6.6). */
export class CommandWindow {
  private readonly underWay: Sent[] = [];
  private readonly source: Iterator<number>;
  private weight = 0;
  /** Set when the server has lost a command that was sent ahead. */
  broken: Pop3Error | null = null;

  constructor(
    private readonly pipe: Pipe,
    private readonly verb: 'RETR' | 'DELE',
    numbers: Iterable<number>,
    private readonly windowBytes: number,
  ) {
    this.source = numbers[Symbol.iterator]();
  }

  get isEmpty(): boolean {
    return this.underWay.length === 0;
  }

  /** Sends as many commands as the window has room for and gives the one whose answer comes next. */
  next(): Sent | null {
    while (this.hasRoom()) {
      const { value: number, done } = this.source.next();
      if (done === true) break;
      const weight = this.verb === 'DELE' ? 0 : (this.pipe.sizes.get(number) ?? UNKNOWN_WEIGHT);
      this.pipe.link.send(`${this.verb} ${requireNumber(number)}`);
      this.underWay.push({ number, weight, isAhead: !this.isEmpty });
      this.weight += weight;
    }
    return this.underWay[0] ?? null;
  }

  /** The status line of the next answer. @throws Pop3Error PIPELINING_BROKEN when a command sent ahead went lost */
  async reply(sent: Sent): Promise<Reply> {
    const { link, proof } = this.pipe;
    const awaited = `an answer to ${this.verb} ${sent.number}`;
    if (!sent.isAhead) return link.reply(awaited);
    let reply: Reply;
    try {
      reply = await link.reply(awaited);
    } catch (error) {
      const lost = error instanceof Pop3Error && ['TIMEOUT', 'CLOSED', 'PROTOCOL'].includes(error.code);
      throw lost ? this.giveUp(error) : error;
    }
    if (reply.kind === 'OK') proof.isProven = true;
    else if (!proof.isProven && reply.responseCode === null) {
      throw this.giveUp(refusedCommand(reply, `${this.verb} ${sent.number}`));
    }
    return reply;
  }

  /** To be called when the next answer is complete. */
  settle(): void {
    this.weight -= this.underWay.shift()?.weight ?? 0;
  }

  private giveUp(cause: Pop3Error): Pop3Error {
    const message = 'The server offers pipelining but lost a command. Connect again and send one command at a time.';
    this.pipe.link.drop();
    this.broken = new Pop3Error('PIPELINING_BROKEN', message, { cause });
    return this.broken;
  }

  /** Two at least, or the line would stand idle between two large messages; memory is bounded by the stream anyway. */
  private hasRoom(): boolean {
    const count = this.underWay.length;
    if (!this.pipe.isPipelined) return count === 0;
    return count < 2 || (count < this.pipe.link.limits.inFlight && this.weight < this.windowBytes);
  }
}

/** See `Pop3Session.retrieveAll`. */
export async function* retrieveAll(
  pipe: Pipe,
  numbers: Iterable<number>,
  options: { limitBytes: number; windowBytes: number },
): AsyncGenerator<Retrieved, void, undefined> {
  const { link } = pipe;
  const window = new CommandWindow(pipe, 'RETR', numbers, options.windowBytes);
  try {
    for (let sent = window.next(); sent !== null; sent = window.next()) {
      const progress = { isDone: false };
      const body = bodyOf(window, sent, link, options.limitBytes, progress);
      yield { number: sent.number, body };
      if (!progress.isDone) await skip(body, link);
      const failure = window.broken ?? link.failure;
      if (failure !== null) throw failure;
      window.settle();
    }
  } finally {
    if (!window.isEmpty) link.drop();
  }
}

async function* bodyOf(
  window: CommandWindow,
  sent: Sent,
  link: Link,
  limitBytes: number,
  progress: { isDone: boolean },
): AsyncGenerator<Buffer, void, undefined> {
  const reply = await window.reply(sent);
  if (reply.kind !== 'OK') {
    progress.isDone = true;
    throw refusedCommand(reply, `RETR ${sent.number}`);
  }
  yield* link.content(limitBytes);
  progress.isDone = true;
}

/** Reads a body that nobody wanted. That it was refused then matters to nobody either. */
async function skip(body: AsyncIterable<Buffer>, link: Link): Promise<void> {
  try {
    for await (const _ of body);
  } catch (error) {
    if (link.failure !== null) throw error;
  }
}

/** Message numbers go into a command line. @throws RangeError */
export function requireNumber(number: number): number {
  if (!Number.isSafeInteger(number) || number < 1) throw new RangeError(`${number} is no message number`);
  return number;
}
