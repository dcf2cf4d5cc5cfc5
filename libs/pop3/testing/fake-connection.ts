import type { Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The server's end of one connection: lines in, bytes out, with patience for a slow reader. */
export class FakeConnection {
  private socket: Socket;
  private carry = '';
  private lines: string[] = [];
  private wake: () => void = () => {};
  private isGone = false;
  /** Bytes handed to the socket before TLS was put on it. */
  private sentBefore = 0;

  constructor(socket: Socket) {
    this.socket = socket;
    this.listen();
  }

  /** Commands that wait while another one is answered. */
  get waiting(): number {
    return this.lines.length;
  }

  get bytesSent(): number {
    return this.sentBefore + this.socket.bytesWritten;
  }

  get gone(): boolean {
    return this.isGone;
  }

  /** The next command without its CRLF; null once the client has gone. */
  async line(): Promise<string | null> {
    while (this.lines.length === 0 && !this.isGone) await this.event();
    return this.lines.shift() ?? null;
  }

  forgetWaiting(): string[] {
    return this.lines.splice(0);
  }

  /** Writes and waits until the client takes it; quietly does nothing once the client has gone. */
  async write(data: string | Buffer): Promise<void> {
    if (this.isGone) return;
    if (!this.socket.write(data)) await new Promise<void>((resolve) => this.whenDrained(resolve));
  }

  /** One byte after the other with a pause between. */
  async trickle(data: Buffer, everyMs: number): Promise<void> {
    for (const byte of data) {
      if (this.isGone) return;
      await this.write(Buffer.of(byte));
      await pause(everyMs);
    }
  }

  /** Sends what is written and closes. */
  async hangUp(): Promise<void> {
    await new Promise<void>((resolve) => (this.isGone ? resolve() : this.socket.end(resolve)));
  }

  kill(): void {
    this.socket.destroy();
    this.isGone = true;
    this.wake();
  }

  /** Waits for ever, that is: until the client goes. */
  async silence(): Promise<void> {
    while (!this.isGone) await this.event();
  }

  /** The socket without our listeners, to put TLS on. */
  release(): Socket {
    this.socket.off('data', this.onData).off('close', this.onGone).off('end', this.onGone);
    return this.socket;
  }

  secure(secured: Socket): void {
    this.sentBefore = this.bytesSent;
    this.socket = secured;
    this.carry = '';
    this.lines = [];
    this.listen();
  }

  private listen(): void {
    this.socket.on('data', this.onData).on('close', this.onGone).on('end', this.onGone).on('error', this.onGone);
  }

  private onData = (piece: Buffer): void => {
    const parts = (this.carry + piece.toString('utf8')).split('\r\n');
    this.carry = parts.pop() ?? '';
    this.lines.push(...parts);
    this.wake();
  };

  private onGone = (): void => {
    this.isGone = true;
    this.wake();
  };

  private event(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private whenDrained(resolve: () => void): void {
    const { socket } = this;
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.once('drain', done).once('close', done);
  }
}
