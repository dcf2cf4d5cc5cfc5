import { createServer, type Server, type Socket } from 'node:net';
import { createSecureContext, TLSSocket } from 'node:tls';
import { TEST_CERTIFICATES } from './certificates.ts';
import { FakeConnection } from './fake-connection.ts';
import type { FakePop3Options, FakeServerState, Settled } from './fake-options.ts';
import { FakeSession } from './fake-session.ts';
import type { FakePop3Faults } from './faults.ts';
import { type FakeMessage, type FakeMessageInput, fakeMessage } from './maildrop.ts';

/** A POP3 server on 127.0.0.1 that keeps its messages in memory and can be told to misbehave. */
export class FakePop3 implements FakeServerState {
  readonly options: Settled;
  readonly host = '127.0.0.1';
  /** May be changed at any time; holds from the next command on. */
  faults: FakePop3Faults;
  /** Each line as `1 C: STAT` or `1 S: +OK 0 0`: connection, side, line. Passwords and tokens are `***`. */
  readonly log: string[] = [];
  /** How many connections there were. */
  connections = 0;
  /** The most commands that ever waited while another one was answered: above 0 the client has pipelined. */
  mostAhead = 0;
  private readonly maildrops = new Map<string, FakeMessage[]>();
  private readonly holders = new Map<string, number>();
  private readonly open = new Map<number, FakeConnection>();
  private readonly firstUser: string;
  private listener: Server | null = null;
  private boundPort = 0;

  constructor({ messages = [], faults = {}, ...options }: FakePop3Options) {
    this.options = {
      users: { user: 'secret' },
      tokens: {},
      security: 'NONE',
      certificate: 'good',
      pipelining: false,
      uidl: true,
      top: true,
      sasl: [],
      loginDelaySeconds: null,
      banner: 'ready',
      exclusive: false,
      ...options,
    };
    this.faults = faults;
    this.firstUser = Object.keys(this.options.users)[0] ?? Object.keys(this.options.tokens)[0] ?? 'user';
    for (const message of messages) this.addMessage(message);
  }

  get port(): number {
    return this.boundPort;
  }

  /** The first user's messages, as they are now on the server. */
  get messages(): readonly FakeMessage[] {
    return this.maildrop(this.firstUser);
  }

  /** The lines that clients sent, without the number of the connection. */
  get commands(): string[] {
    return this.log.flatMap((entry) => /^\d+ C: ([\s\S]*)$/.exec(entry)?.[1] ?? []);
  }

  /** Bytes sent to all clients that are still connected. */
  get bytesSent(): number {
    return [...this.open.values()].reduce((sum, connection) => sum + connection.bytesSent, 0);
  }

  /** Seen by sessions that sign in from now on. */
  addMessage(input: FakeMessageInput, { user = this.firstUser } = {}): FakeMessage {
    const message = fakeMessage(input);
    this.maildrop(user).push(message);
    return message;
  }

  maildrop(user: string): FakeMessage[] {
    const found = this.maildrops.get(user) ?? [];
    this.maildrops.set(user, found);
    return found;
  }

  remove(user: string, messages: readonly FakeMessage[]): void {
    const gone = new Set(messages);
    const left = this.maildrop(user).filter((message) => !gone.has(message));
    this.maildrops.set(user, left);
  }

  enter(user: string, connection: number): boolean {
    const holder = this.holders.get(user);
    if (this.options.exclusive && holder !== undefined && this.open.has(holder)) return false;
    this.holders.set(user, connection);
    return true;
  }

  encrypt(socket: Socket): Socket {
    const { certificate } = this.options;
    const pair = typeof certificate === 'string' ? TEST_CERTIFICATES[certificate] : certificate;
    return new TLSSocket(socket, { isServer: true, secureContext: createSecureContext(pair) });
  }

  /** Listens (again), on the same port as before. */
  async listen(port = this.boundPort): Promise<void> {
    const listener = createServer((socket) => this.accept(socket));
    this.listener = listener;
    await new Promise<void>((resolve, reject) => {
      listener.once('error', reject);
      listener.listen(port, this.host, resolve);
    });
    const address = listener.address();
    if (address !== null && typeof address === 'object') this.boundPort = address.port;
  }

  /** Drops every connection and listens no more: new ones are refused until `listen()`. The messages stay. */
  async stop(): Promise<void> {
    for (const connection of this.open.values()) connection.kill();
    const { listener } = this;
    this.listener = null;
    await new Promise<void>((resolve) => (listener === null ? resolve() : listener.close(() => resolve())));
  }

  private accept(raw: Socket): void {
    this.connections += 1;
    const id = this.connections;
    raw.on('error', () => {});
    raw.setNoDelay(true);
    const connection = new FakeConnection(this.options.security === 'TLS' ? this.encrypt(raw) : raw);
    this.open.set(id, connection);
    raw.once('close', () => {
      this.open.delete(id);
      connection.kill();
    });
    void new FakeSession(id, this, connection).run();
  }
}

/** Starts a server; `await server.stop()` when done. */
export async function startFakePop3(options: FakePop3Options = {}): Promise<FakePop3> {
  const server = new FakePop3(options);
  await server.listen(options.port ?? 0);
  return server;
}
