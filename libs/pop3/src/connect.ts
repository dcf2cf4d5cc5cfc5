import { lookup } from 'node:dns/promises';
import { connect, isIP, type Socket } from 'node:net';
import { Pop3Error } from './errors.ts';
import { seconds } from './pace.ts';
import { monotonicMs } from './wire.ts';

/** A point in time by which something must be done, and the wish to call it off earlier. */
export class Deadline {
  private readonly until: number;

  constructor(
    readonly ms: number,
    readonly signal?: AbortSignal,
  ) {
    this.until = monotonicMs() + ms;
  }

  get leftMs(): number {
    return Math.max(0, this.until - monotonicMs());
  }

  /**
   * Waits for `work` as long as `ms` (by default: until the deadline) allows. `onGiveUp` lets go of what `work` holds.
   * @throws Pop3Error ABORTED, or TIMEOUT with `message`
   */
  async within<T>(work: Promise<T>, message: string, onGiveUp: () => void = () => {}, ms = this.leftMs): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    let onAbort = () => {};
    const giveUp = new Promise<never>((_, reject) => {
      timer = setTimeout(() => setImmediate(() => reject(new Pop3Error('TIMEOUT', message))), Math.ceil(ms));
      onAbort = () => reject(new Pop3Error('ABORTED', 'The session was called off before it began.'));
      this.signal?.addEventListener('abort', onAbort, { once: true });
      if (this.signal?.aborted) onAbort();
    });
    work.catch(() => {});
    try {
      return await Promise.race([work, giveUp]);
    } catch (error) {
      onGiveUp();
      throw error;
    } finally {
      clearTimeout(timer);
      this.signal?.removeEventListener('abort', onAbort);
    }
  }
}

/** Every address of the host, in the order of the resolver. @throws Pop3Error RESOLVE, TIMEOUT, ABORTED */
export async function resolveHost(host: string, deadline: Deadline): Promise<string[]> {
  if (isIP(host) !== 0) return [host];
  const late = `The name ${host} could not be looked up within ${seconds(deadline.ms)}. Check the name server.`;
  try {
    const found = await deadline.within(lookup(host, { all: true }), late);
    return found.map((entry) => entry.address);
  } catch (cause) {
    if (cause instanceof Pop3Error) throw cause;
    throw new Pop3Error('RESOLVE', `No address is known for ${host}. Check the name of the server.`, { cause });
  }
}

/**
 * Connects to the first address that answers; each gets a fair part of the time that is left.
 * @throws Pop3Error CONNECT, TIMEOUT, ABORTED
 */
export async function connectToAny(addresses: readonly string[], port: number, deadline: Deadline): Promise<Socket> {
  let last = new Pop3Error('CONNECT', 'There is no address to connect to. Check the name of the server.');
  for (const [index, address] of addresses.entries()) {
    try {
      return await connectTo(address, port, deadline, deadline.leftMs / (addresses.length - index));
    } catch (error) {
      if (!(error instanceof Pop3Error) || error.code === 'ABORTED') throw error;
      last = error;
    }
  }
  throw last;
}

function connectTo(address: string, port: number, deadline: Deadline, ms: number): Promise<Socket> {
  const socket = connect({ host: address, port, noDelay: true, keepAlive: true });
  const connected = new Promise<Socket>((resolve, reject) => {
    socket.once('connect', () => resolve(socket));
    // Stays for good: what breaks later is seen by whoever reads, and must not end the process.
    socket.on('error', (cause: NodeJS.ErrnoException) => reject(connectError(cause, port)));
  });
  const late = `Nothing answered on port ${port} within ${seconds(deadline.ms)}. A firewall may block it.`;
  return deadline.within(connected, late, () => socket.destroy(), ms);
}

function connectError(cause: NodeJS.ErrnoException, port: number): Pop3Error {
  if (cause.code === 'ECONNREFUSED') {
    return new Pop3Error('CONNECT', `Nothing listens on port ${port}. Check name and port, and that POP3 is on.`, {
      cause,
    });
  }
  if (cause.code === 'ETIMEDOUT') {
    return new Pop3Error('TIMEOUT', `Nothing answered on port ${port}. A firewall may block it.`, { cause });
  }
  const message = `The server cannot be reached on port ${port} (${cause.code ?? 'unknown'}). Check the network.`;
  return new Pop3Error('CONNECT', message, { cause });
}
