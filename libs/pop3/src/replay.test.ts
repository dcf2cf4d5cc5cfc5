import { Duplex } from 'node:stream';
import { expect, test } from 'vitest';
import { bytesOf } from '../testing/collect.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { Link } from './link.ts';
import { Steps, signedIn } from './open.ts';
import { Wire } from './wire.ts';

const RECORDED = [
  '+OK ready\r\n',
  '+OK\r\nUSER\r\nSASL PLAIN\r\n.\r\n',
  '+ \r\n',
  '+OK Logged in.\r\n',
  '+OK\r\nPIPELINING\r\nUIDL\r\n.\r\n',
  '+OK 2 90\r\n',
  '+OK\r\n1 id-1\r\n2 id-2\r\n.\r\n',
  '+OK\r\nA: b\r\n\r\n..x\r\n...\r\n\n.\n\r.\r\r\n..\r\n.\r\n',
  '-ERR [SYS/TEMP] later\r\n',
  '+OK\r\n.\r\n',
  '+OK Marked.\r\n',
  '+OK Bye.\r\n',
];

/** Answers each command with the next recorded answer, cut at the given places of the whole recording. */
class Replay extends Duplex {
  private answers = [...RECORDED];
  private sent = 0;
  private queue: Buffer[] = [];
  private pushing = false;

  constructor(private readonly isCut: (position: number) => boolean) {
    super();
    this.answer();
  }

  override _read(): void {}

  override _write(data: Buffer, _: string, done: () => void): void {
    for (let lines = data.toString().split('\r\n').length - 1; lines > 0; lines -= 1) this.answer();
    done();
  }

  private answer(): void {
    let piece: number[] = [];
    for (const byte of Buffer.from(this.answers.shift() ?? '', 'latin1')) {
      piece.push(byte);
      this.sent += 1;
      if (this.isCut(this.sent)) this.queue.push(Buffer.from(piece.splice(0)));
    }
    if (piece.length > 0) this.queue.push(Buffer.from(piece));
    piece = [];
    if (!this.pushing) this.pushNext();
  }

  private pushNext(): void {
    const piece = this.queue.shift();
    this.pushing = piece !== undefined;
    if (piece === undefined) return;
    this.push(piece);
    setImmediate(() => this.pushNext());
  }
}

/** Everything that the session tells. */
async function play(isCut: (position: number) => boolean): Promise<unknown> {
  const options = { host: 'h', port: 110, security: 'NONE', user: 'u', password: 'p' } as const;
  const link = new Link(new Wire(new Replay(isCut)), DEFAULT_LIMITS);
  const session = await signedIn(link, options, null, new Steps(undefined), true);
  const told: unknown[] = [session.capabilities, await session.stat(), [...((await session.uidl()) ?? [])]];
  for await (const { number, body } of session.retrieveAll([1, 2, 3], { limitBytes: 1000 })) {
    told.push([number, await bytesOf(body).then(String, (error: { code: string }) => error.code)]);
  }
  await session.delete(1);
  await session.quit();
  return told;
}

test('a session means the same wherever its bytes are cut', async () => {
  const whole = await play(() => false);
  expect(whole).toMatchObject([
    { pipelining: true },
    { count: 2, sizeBytes: 90 },
    [
      [1, 'id-1'],
      [2, 'id-2'],
    ],
    [1, 'A: b\r\n\r\n.x\r\n..\r\n\n.\n\r.\r\r\n.\r\n'],
    [2, 'SYS_TEMP'],
    [3, ''],
  ]);
  const length = RECORDED.join('').length;
  for (let first = 1; first < length; first += 1) {
    expect(await play((position) => position === first)).toEqual(whole);
    expect(await play((position) => position === first || position === first + 2)).toEqual(whole);
  }
  for (const every of [1, 2, 3, 5, 7]) {
    expect(await play((position) => position % every === 0)).toEqual(whole);
  }
});
