import type { Duplex } from 'node:stream';
import { Pop3Error } from './errors.ts';

/** Milliseconds that never jump, whatever happens to the wall clock. */
export const monotonicMs = (): number => performance.now();

/**
 * A byte stream that is read only when somebody asks. What nobody asks for stays with the server: the stream buffers
 * no more than its own high-water mark, so a slow reader costs no memory.
 */
export class Wire {
  private held: Buffer | null = null;
  private ended = false;
  private wake: () => void = () => {};
  private failed: Pop3Error | null = null;
  private readonly onReadable = () => this.wake();
  private readonly onEnd = () => {
    this.ended = true;
    this.wake();
  };
  private readonly onError = (cause: Error) => {
    this.failed ??= new Pop3Error('CLOSED', 'The connection to the server broke. It will work again on the next try.', {
      cause,
    });
    this.wake();
  };
  private readonly onAbort = () => {
    this.destroy(new Pop3Error('ABORTED', 'The session was called off. Nothing was removed on the server.'));
  };

  constructor(
    private readonly stream: Duplex,
    private readonly signal?: AbortSignal,
  ) {
    stream.on('readable', this.onReadable).on('end', this.onEnd).on('close', this.onEnd).on('error', this.onError);
    signal?.addEventListener('abort', this.onAbort, { once: true });
    if (signal?.aborted) this.onAbort();
  }

  /** Why nothing can be read or written any more; null while the connection stands. */
  get failure(): Pop3Error | null {
    return this.failed;
  }

  /** The next byte that has already arrived and that nobody has taken; null if there is none. */
  peek(): number | null {
    this.held ??= this.readNow();
    return this.held?.[0] ?? null;
  }

  /** The next piece, waiting at most `ms`. A piece that has arrived is taken even when the time is over. */
  async take(ms: number): Promise<Buffer | 'END' | 'TIMEOUT'> {
    const until = monotonicMs() + ms;
    for (;;) {
      if (this.failed) throw this.failed;
      const piece = this.held ?? this.readNow();
      this.held = null;
      if (piece !== null) return piece;
      if (this.ended) return 'END';
      const left = until - monotonicMs();
      if (left <= 0) return 'TIMEOUT';
      await this.pause(left);
    }
  }

  /** Gives back what was taken too much. */
  unread(piece: Buffer): void {
    if (piece.length > 0) this.held = this.held === null ? piece : Buffer.concat([piece, this.held]);
  }

  write(text: string): void {
    if (this.failed) throw this.failed;
    this.stream.write(text);
  }

  /** Drops the connection. `reason` is what later reads and writes throw. */
  destroy(reason: Pop3Error): void {
    this.failed ??= reason;
    this.signal?.removeEventListener('abort', this.onAbort);
    this.stream.destroy();
    this.wake();
  }

  /** Lets go of the stream, so that TLS can be put on it. */
  release(): void {
    this.signal?.removeEventListener('abort', this.onAbort);
    this.stream.off('readable', this.onReadable).off('end', this.onEnd).off('close', this.onEnd);
  }

  private readNow(): Buffer | null {
    return this.failed ? null : (this.stream.read() as Buffer | null);
  }

  /** Resolves on any event of the stream. After `ms` it first lets the loop fetch what a busy process left waiting. */
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => setImmediate(resolve), Math.ceil(ms));
      this.wake = () => {
        clearTimeout(timer);
        this.wake = () => {};
        resolve();
      };
    });
  }
}
