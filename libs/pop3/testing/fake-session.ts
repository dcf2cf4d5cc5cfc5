import { setTimeout as pause } from 'node:timers/promises';
import type { FakeConnection } from './fake-connection.ts';
import { listLines, type Numbered, uidlLines } from './fake-listing.ts';
import type { FakeServerState } from './fake-options.ts';
import type { FakeRetrFault } from './faults.ts';
import type { FakeMessage } from './maildrop.ts';
import { DotStuffer } from './stuffing.ts';

/** One client from greeting to goodbye. */
export class FakeSession {
  private readonly id: number;
  private readonly server: FakeServerState;
  private readonly connection: FakeConnection;
  private user = '';
  /** The maildrop as it was at the sign-in; null before. */
  private entries: Numbered[] | null = null;
  private readonly marked = new Set<number>();
  private isSecured: boolean;
  private isOver = false;

  constructor(id: number, server: FakeServerState, connection: FakeConnection) {
    this.id = id;
    this.server = server;
    this.connection = connection;
    this.isSecured = server.options.security === 'TLS';
  }

  async run(): Promise<void> {
    if (this.faults.connect === 'DROP') return this.connection.hangUp();
    await this.greet();
    while (!this.isOver) {
      const line = await this.connection.line();
      if (line === null) return;
      await this.handle(line);
    }
  }

  private get faults() {
    return this.server.faults;
  }

  private async handle(line: string): Promise<void> {
    this.note('C', line.replace(/^(PASS|AUTH \S+) .*$/i, '$1 ***'));
    const { latencyMs = 0, script } = this.server.options;
    if (latencyMs > 0) await pause(latencyMs);
    const scripted = script?.(line, { connection: this.id, user: this.entries ? this.user : null });
    if (scripted === null) return this.connection.silence();
    if (scripted !== undefined) return this.connection.write(scripted);
    const [verb = '', ...rest] = line.split(' ');
    this.server.mostAhead = Math.max(this.server.mostAhead, this.connection.waiting);
    const early = /^(RETR|DELE)$/i.test(verb) ? await this.takeEarly() : [];
    await this.answer(verb.toUpperCase(), rest.join(' '));
    await this.punish(early);
  }

  private answer(verb: string, argument: string): Promise<void> {
    switch (verb) {
      case 'CAPA':
        return this.capa();
      case 'QUIT':
        return this.quit();
      case 'STLS':
        return this.stls();
      case 'USER':
        this.user = argument;
        return this.reply('+OK');
      case 'PASS':
        return this.signIn(this.server.options.users[this.user] === argument, argument);
      case 'AUTH':
        return this.auth(argument);
    }
    if (this.entries === null) return this.reply('-ERR sign in first');
    switch (verb) {
      case 'STAT':
        return this.stat();
      case 'LIST':
        return this.list();
      case 'UIDL':
        return this.uidl();
      case 'RETR':
        return this.retr(Number(argument));
      case 'TOP':
        return this.top(argument);
      case 'DELE':
        return this.dele(Number(argument));
      default:
        return this.reply(verb === 'NOOP' ? '+OK' : '-ERR unknown command');
    }
  }

  private async greet(): Promise<void> {
    const fault = this.faults.greeting;
    if (fault === 'SILENT') return this.connection.silence();
    if (fault === 'SLOW') return this.connection.trickle(Buffer.from(`+OK ${'slowly '.repeat(200)}\r\n`), 5);
    if (fault === 'SSH') return this.reply('SSH-2.0-Other_1.0');
    if (fault === 'LONG') return this.connection.write(`+OK ${'a'.repeat(5000)}`);
    if (fault === undefined) return this.reply(`+OK ${this.server.options.banner}`);
    await this.reply(fault === 'ERR' ? '-ERR too many connections' : `-ERR [${fault}] not now`);
    await this.bye();
  }

  private async capa(): Promise<void> {
    const { options, faults } = this.server;
    if (faults.capa === 'ERR') return this.reply('-ERR unknown command');
    if (faults.capa === 'ENDLESS') return this.endless('X-FILLER');
    const lines = ['USER', 'RESP-CODES', 'AUTH-RESP-CODE', 'IMPLEMENTATION Fake'];
    if (options.top) lines.push('TOP');
    if (options.uidl) lines.push('UIDL');
    if (options.sasl.length > 0) lines.push(`SASL ${options.sasl.join(' ')}`);
    if (options.loginDelaySeconds !== null) lines.push(`LOGIN-DELAY ${options.loginDelaySeconds}`);
    if (options.security === 'STARTTLS' && !this.isSecured && faults.stls !== 'STRIPPED') lines.push('STLS');
    if (options.pipelining && this.entries !== null) lines.push('PIPELINING', 'EXPIRE NEVER');
    await this.reply(`+OK\r\n${lines.join('\r\n')}\r\n.`);
  }

  private async stls(): Promise<void> {
    const { faults, options } = this.server;
    if (options.security !== 'STARTTLS' || this.isSecured || faults.stls === 'ERR' || faults.stls === 'STRIPPED') {
      return this.reply('-ERR no TLS here');
    }
    if (faults.stls === 'INJECT') return this.reply('+OK begin TLS\r\n+OK injected');
    if (faults.stls === 'PLAIN') return this.reply('+OK begin TLS').then(() => this.afterNextBytes('+OK what?\r\n'));
    await this.reply('+OK begin TLS');
    this.connection.secure(this.server.encrypt(this.connection.release()));
    this.isSecured = true;
  }

  /** Answers the handshake of the client with plain text. */
  private async afterNextBytes(text: string): Promise<void> {
    this.connection.release().once('data', () => this.connection.write(text));
    await this.connection.silence();
  }

  private async auth(argument: string): Promise<void> {
    const [mechanism = '', initial] = argument.split(' ');
    const { options, faults } = this.server;
    const isOffered = options.sasl.includes(mechanism.toUpperCase()) && faults.signIn !== 'NO_PLAIN';
    if (!isOffered) return this.reply('-ERR mechanism not known');
    if (initial === undefined) await this.reply('+ ');
    const response = Buffer.from(initial ?? (await this.secretLine()), 'base64').toString('utf8');
    return mechanism.toUpperCase() === 'PLAIN' ? this.authPlain(response) : this.authToken(response);
  }

  private authPlain(response: string): Promise<void> {
    const [, user = '', password = ''] = response.split('\0');
    this.user = user;
    return this.signIn(this.server.options.users[user] === password, password);
  }

  private async authToken(response: string): Promise<void> {
    const [, user = '', token = ''] = /^user=(.*)\x01auth=Bearer (.*)\x01\x01$/.exec(response) ?? [];
    this.user = user;
    if (token !== '' && this.server.options.tokens[user] === token) return this.signIn(true, token);
    await this.reply(`+ ${Buffer.from('{"status":"401","schemes":"bearer"}').toString('base64')}`);
    const closing = await this.secretLine();
    await this.reply(closing === '' ? '-ERR [AUTH] token refused' : '-ERR an empty line was due');
  }

  private async secretLine(): Promise<string> {
    const line = (await this.connection.line()) ?? '';
    this.note('C', line === '' ? '' : '***');
    return line;
  }

  private async signIn(isRight: boolean, secret: string): Promise<void> {
    const fault = this.faults.signIn;
    if (fault === 'SILENT') return this.connection.silence();
    if (fault === 'ECHO') return this.reply(`-ERR no such password: ${secret}`);
    if (fault === 'LOCKED') return this.reply('-ERR maildrop already locked');
    if (fault === 'NEEDS_TLS') return this.reply('-ERR [AUTH] Plaintext authentication disallowed');
    if (fault !== undefined && fault !== 'NO_PLAIN') return this.reply(`-ERR [${fault}] not now`);
    if (!isRight) return this.reply('-ERR [AUTH] wrong');
    const messages = this.server.maildrop(this.user);
    if (!this.server.enter(this.user, this.id)) return this.reply('-ERR [IN-USE] another session has it');
    this.entries = messages.map((message, index) => ({ number: index + 1, message }));
    await this.reply('+OK signed in');
  }

  private async stat(): Promise<void> {
    if (this.faults.stat === 'ERR') return this.reply('-ERR no');
    if (this.faults.stat === 'GARBAGE') return this.reply('+OK some');
    const left = this.left();
    await this.reply(`+OK ${left.length} ${left.reduce((sum, { message }) => sum + message.listSize, 0)}`);
  }

  private async list(): Promise<void> {
    const fault = this.faults.list;
    if (fault === 'ERR') return this.reply('-ERR no');
    if (fault === 'ENDLESS') return this.endless('1 1');
    await this.multiline(listLines(this.left(), fault));
  }

  private async uidl(): Promise<void> {
    const fault = this.faults.uidl;
    if (fault === 'ERR' || !this.server.options.uidl) return this.reply('-ERR no');
    if (fault === 'SYS/TEMP') return this.reply('-ERR [SYS/TEMP] index busy');
    if (fault === 'ENDLESS') return this.endless('1 one');
    await this.multiline(uidlLines(this.left(), fault));
    await this.unasked();
  }

  private async retr(number: number): Promise<void> {
    const message = this.find(number);
    const { retr } = this.faults;
    const fault = typeof retr === 'string' ? retr : retr?.[number];
    if (message === undefined || fault === 'ERR') return this.reply('-ERR no such message');
    if (fault === 'SYS/TEMP') return this.reply('-ERR [SYS/TEMP] disk busy');
    if (fault !== undefined) return this.retrFaulty(message, fault);
    await this.reply('+OK here it comes');
    await this.send(message);
  }

  private async retrFaulty(message: FakeMessage, fault: FakeRetrFault): Promise<void> {
    if (fault === 'SILENT') return this.connection.silence();
    if (fault === 'LONG_STATUS') return this.endless('+OK', ' ');
    await this.reply('+OK here it comes');
    if (fault === 'ENDLESS') return this.endless('filler '.repeat(1000));
    const bytes = fault === 'UNSTUFFED' ? message.bytes : new DotStuffer().push(message.bytes);
    const half = bytes.subarray(0, Math.ceil(bytes.length / 2));
    if (fault === 'UNSTUFFED') return this.connection.write(Buffer.concat([bytes, Buffer.from('.\r\n')]));
    if (fault === 'TRICKLE') return this.connection.trickle(Buffer.concat([bytes, Buffer.from('.\r\n')]), 2);
    await this.connection.write(fault === 'DROP_BEFORE_DOT' ? bytes : half);
    await (fault === 'STALL' ? this.connection.silence() : this.bye());
  }

  private async send(message: FakeMessage): Promise<void> {
    const stuffer = new DotStuffer();
    for (const piece of message.pieces()) {
      if (this.connection.gone) return;
      await this.connection.write(stuffer.push(piece));
    }
    await this.connection.write(stuffer.end());
  }

  private async top(argument: string): Promise<void> {
    const [number, lines] = argument.split(' ').map(Number);
    const message = this.find(number ?? 0);
    if (message === undefined || !this.server.options.top || this.faults.top === 'ERR') return this.reply('-ERR no');
    await this.reply('+OK top of it');
    if (this.faults.top === 'WHOLE') return this.send(message);
    const text = message.bytes.toString('latin1');
    const split = text.indexOf('\r\n\r\n') + 4;
    const body = text.slice(split).split('\r\n').slice(0, lines);
    const stuffer = new DotStuffer();
    await this.connection.write(stuffer.push(Buffer.from(text.slice(0, split) + body.join('\r\n'), 'latin1')));
    await this.connection.write(stuffer.end());
  }

  private async dele(number: number): Promise<void> {
    const { dele } = this.faults;
    const isRefused = dele === 'ERR' || (typeof dele === 'object' && dele[number] === 'ERR');
    if (isRefused || this.find(number) === undefined) return this.reply('-ERR not deleted');
    this.marked.add(number);
    await this.reply('+OK marked');
    if (dele === 'DROP_AFTER') await this.bye();
  }

  private async quit(): Promise<void> {
    const fault = this.faults.quit;
    if (fault === 'SILENT') return this.connection.silence();
    if (fault === 'DROP') return this.bye();
    if (fault === undefined) this.removeMarked();
    await this.reply(fault === 'ERR' ? '-ERR some deleted messages not removed' : '+OK bye');
    await this.bye();
  }

  private removeMarked(): void {
    const gone = this.entries?.filter(({ number }) => this.marked.has(number)).map(({ message }) => message) ?? [];
    if (gone.length > 0) this.server.remove(this.user, gone);
  }

  /** The commands that came too early, taken away, where pipelining is faulty. */
  private async takeEarly(): Promise<string[]> {
    if (this.faults.pipelining === undefined) return [];
    await pause(10);
    return this.connection.forgetWaiting();
  }

  /** What the faulty kind of pipelining does to commands that came too early. */
  private async punish(early: readonly string[]): Promise<void> {
    const fault = this.faults.pipelining;
    if (early.length === 0 || fault === 'SWALLOW') return;
    if (fault === 'DROP') return this.bye();
    for (const _ of early) await this.reply('-ERR unknown command');
  }

  private find(number: number): FakeMessage | undefined {
    return this.left().find((entry) => entry.number === number)?.message;
  }

  private left(): Numbered[] {
    return this.entries?.filter(({ number }) => !this.marked.has(number)) ?? [];
  }

  private async multiline(lines: readonly (string | Buffer)[]): Promise<void> {
    const body = lines.flatMap((line) => [Buffer.from(line as string), Buffer.from('\r\n')]);
    await this.connection.write(Buffer.concat([Buffer.from('+OK\r\n'), ...body, Buffer.from('.\r\n')]));
  }

  private async endless(line: string, end = '\r\n'): Promise<void> {
    await this.connection.write(end === '\r\n' ? '+OK\r\n' : '');
    const block = `${line}${end}`.repeat(1000);
    while (!this.connection.gone) await this.connection.write(block);
  }

  private async unasked(): Promise<void> {
    if (this.faults.unasked === 'TEXT') await this.connection.write('by the way\r\n');
    if (this.faults.unasked === 'BYE') await this.connection.write('-ERR idle for too long\r\n').then(() => this.bye());
  }

  private async bye(): Promise<void> {
    this.isOver = true;
    await this.connection.hangUp();
  }

  private async reply(text: string): Promise<void> {
    this.note('S', text.split('\r\n', 1)[0] ?? '');
    await this.connection.write(`${text}\r\n`);
  }

  private note(side: 'C' | 'S', line: string): void {
    this.server.log.push(`${this.id} ${side}: ${line}`);
  }
}
