import type { Pop3Capabilities } from './capabilities.ts';
import { Pop3Error } from './errors.ts';
import type { Link } from './link.ts';
import { readSizes, readUniqueIds } from './listing.ts';
import type { Pop3Options } from './options.ts';
import { refusal, refusedCommand } from './refusal.ts';
import { CommandWindow, type Pipe, type Retrieved, requireNumber, retrieveAll } from './retrieve-all.ts';
import type { Pop3Certificate } from './secure.ts';

const WINDOW_BYTES = 4 * 1024 * 1024;

/**
 * A signed-in session: the server holds the mailbox for us alone. It does one thing at a time; a call while another one
 * runs throws a plain `Error`, for it is a mistake of the program. Message numbers hold for this session only.
 *
 * Every method throws `Pop3Error`. After REFUSED, IN_USE, SYS_TEMP and SYS_PERM the session goes on; after anything
 * else the connection is dropped without QUIT and the server removes nothing.
 */
export interface Pop3Session {
  readonly capabilities: Pop3Capabilities;
  /** Null without encryption. */
  readonly certificate: Pop3Certificate | null;
  /** How many messages there are, and their size as the server counts. */
  stat(): Promise<{ count: number; sizeBytes: number }>;
  /** Message number -> size in bytes. The size is a hint: some servers count line ends as one byte. */
  list(): Promise<Map<number, number>>;
  /**
   * Message number -> unique id (RFC 1939, section 7); null when the server has none. A message may be missing: its id
   * was unusable and `onWarning` was told. Two messages may have the same id on a faulty server; that is told too.
   */
  uidl(): Promise<Map<number, string> | null>;
  /**
   * The bytes of one message as they were sent, un-stuffed, with the CRLF of the last line. The message is whole only
   * when the iteration ends by itself. Leaving it early drops the connection. A slow reader slows the server down.
   * @throws Pop3Error TOO_LARGE beyond `limitBytes`; REFUSED, CLOSED, TIMEOUT, TOO_SLOW, PROTOCOL
   */
  retrieve(number: number, options: { limitBytes: number }): AsyncIterable<Buffer>;
  /**
   * Many messages in the given order; with PIPELINING the next ones are asked for while one is read. `numbers` is read
   * as it goes, so a generator may end the batch early; leaving the loop early drops the connection instead.
   * `windowBytes` (default 4 MiB) bounds what is asked for ahead, by the sizes of an earlier `list()`.
   * @throws Pop3Error PIPELINING_BROKEN: connect again with `pipelining: false`
   */
  retrieveAll(
    numbers: Iterable<number>,
    options: { limitBytes: number; windowBytes?: number },
  ): AsyncIterable<Retrieved>;
  /** The headers and the first `lines` lines of the body. @throws Pop3Error REFUSED; TOO_LARGE beyond `limitBytes` */
  top(number: number, lines: number, options?: { limitBytes?: number }): AsyncIterable<Buffer>;
  /** Marks a message. The server removes it only after `quit()`. @throws Pop3Error REFUSED */
  delete(number: number): Promise<void>;
  /** Marks many, pipelined where the server can. Gives those that were refused, each with its reason. */
  deleteAll(numbers: Iterable<number>): Promise<Map<number, Pop3Error>>;
  /**
   * Ends the session. Once it returns, the server has removed what was marked. On any error nobody knows: the next
   * listing tells.
   * @throws Pop3Error QUIT_REFUSED, TIMEOUT, CLOSED
   */
  quit(): Promise<void>;
  /** Drops the connection without QUIT: the server removes nothing. Harmless when called again. */
  destroy(): void;
}

/** The session over an open link. */
export class LiveSession implements Pop3Session {
  private isBusy = false;
  private sizes: ReadonlyMap<number, number> = new Map();
  private readonly proof = { isProven: false };

  constructor(
    private readonly link: Link,
    private readonly options: Pick<Pop3Options, 'onWarning' | 'pipelining'>,
    readonly capabilities: Pop3Capabilities,
    readonly certificate: Pop3Certificate | null,
  ) {}

  stat(): Promise<{ count: number; sizeBytes: number }> {
    return this.alone(async () => {
      const text = await this.ok('STAT', 'STAT');
      const [, count, sizeBytes] = /^(\d{1,10})[ \t]+(\d{1,15})(?:\s|$)/.exec(text) ?? [];
      if (count === undefined) throw this.link.fatal('PROTOCOL', 'The server answered STAT without two numbers.');
      return { count: Number(count), sizeBytes: Number(sizeBytes) };
    });
  }

  list(): Promise<Map<number, number>> {
    return this.alone(async () => {
      await this.ok('LIST', 'LIST');
      const sizes = await readSizes(this.link, this.options.onWarning);
      this.sizes = sizes;
      return sizes;
    });
  }

  uidl(): Promise<Map<number, string> | null> {
    return this.alone(async () => {
      const reply = await this.link.command('UIDL');
      if (reply.kind === 'OK') return readUniqueIds(this.link, this.options.onWarning);
      if (reply.responseCode === null) return null;
      throw refusal(reply, 'REFUSED', 'The server refused to list the unique ids.');
    });
  }

  retrieve(number: number, { limitBytes }: { limitBytes: number }): AsyncIterable<Buffer> {
    return this.answer(`RETR ${requireNumber(number)}`, limitBytes);
  }

  async *retrieveAll(
    numbers: Iterable<number>,
    { limitBytes, windowBytes = WINDOW_BYTES }: { limitBytes: number; windowBytes?: number },
  ): AsyncGenerator<Retrieved, void, undefined> {
    this.begin();
    try {
      yield* retrieveAll(this.pipe(), numbers, { limitBytes, windowBytes });
    } finally {
      this.isBusy = false;
    }
  }

  top(number: number, lines: number, options: { limitBytes?: number } = {}): AsyncIterable<Buffer> {
    if (!Number.isSafeInteger(lines) || lines < 0) throw new RangeError(`${lines} is no number of lines`);
    return this.answer(`TOP ${requireNumber(number)} ${lines}`, options.limitBytes ?? this.link.limits.topBytes);
  }

  delete(number: number): Promise<void> {
    const command = `DELE ${requireNumber(number)}`;
    return this.alone(async () => void (await this.ok(command, command)));
  }

  deleteAll(numbers: Iterable<number>): Promise<Map<number, Pop3Error>> {
    return this.alone(async () => {
      const refused = new Map<number, Pop3Error>();
      const window = new CommandWindow(this.pipe(), 'DELE', numbers, 1);
      try {
        for (let sent = window.next(); sent !== null; sent = window.next()) {
          const reply = await window.reply(sent);
          if (reply.kind !== 'OK') refused.set(sent.number, refusedCommand(reply, `DELE ${sent.number}`));
          window.settle();
        }
      } finally {
        if (!window.isEmpty) this.link.drop();
      }
      return refused;
    });
  }

  quit(): Promise<void> {
    return this.alone(async () => {
      const reply = await this.link.command('QUIT');
      this.link.drop('The session has ended.');
      if (reply.kind === 'OK') return;
      const message = 'The server did not remove all marked messages. They are recognised on the next try.';
      throw new Pop3Error('QUIT_REFUSED', message, {
        responseCode: reply.responseCode ?? undefined,
        serverText: reply.text,
      });
    });
  }

  destroy(): void {
    this.link.drop();
  }

  private pipe(): Pipe {
    const isPipelined = this.capabilities.pipelining && this.options.pipelining !== false;
    return { link: this.link, isPipelined, sizes: this.sizes, proof: this.proof };
  }

  private async *answer(command: string, limitBytes: number): AsyncGenerator<Buffer, void, undefined> {
    this.begin();
    try {
      await this.ok(command, command.split(' ', 2).join(' '));
      yield* this.link.content(limitBytes);
    } finally {
      this.isBusy = false;
    }
  }

  private async ok(command: string, name: string): Promise<string> {
    const reply = await this.link.command(command);
    if (reply.kind === 'OK') return reply.text;
    throw refusedCommand(reply, name);
  }

  private begin(): void {
    if (this.isBusy) throw new Error('A POP3 session does one thing at a time; finish the last call first.');
    this.isBusy = true;
  }

  private async alone<T>(work: () => Promise<T>): Promise<T> {
    this.begin();
    try {
      return await work();
    } finally {
      this.isBusy = false;
    }
  }
}
