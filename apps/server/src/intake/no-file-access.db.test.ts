import { hostilePieces } from '@support-center/mail/testing';
import { expect, test, vi } from 'vitest';
import { describeEachDatabase } from '../../test/context.ts';
import { receiveLetter, saveDesk } from '../../test/factories.ts';
import { productSchema } from '../../test/schema.ts';
import { routes } from '../app.ts';
import { makeHttp } from '../platform/http.ts';
import { Attachment } from '../tickets/attachment.entity.ts';
import { understandMail } from './understand-mail.ts';
import type { UnderstandTask } from './understood-mail.ts';

/** Hears every call of the file system from before anything else is loaded. */
const files = vi.hoisted(() => {
  const heard: string[] = [];
  const listener = { on: false, heard };
  const fs = process.getBuiltinModule('node:fs') as unknown as Record<string, unknown>;
  for (const home of [fs, fs.promises as Record<string, unknown>])
    for (const [name, real] of Object.entries(home)) {
      if (typeof real !== 'function' || /^[A-Z_]/.test(name)) continue;
      const spy = function (this: unknown, ...args: unknown[]) {
        if (listener.on) heard.push(`${name} ${String(args[0])}`);
        return real.apply(this, args);
      };
      home[name] = Object.defineProperties(spy, Object.getOwnPropertyDescriptors(real));
    }
  process.getBuiltinModule('node:module').syncBuiltinESMExports();
  return listener;
});

/** What touched a file while `work` ran. */
async function filesDuring(work: () => Promise<void>): Promise<string[]> {
  files.heard.length = 0;
  files.on = true;
  try {
    await work();
  } finally {
    files.on = false;
  }
  return files.heard.filter((call) => !CHARSET_TABLE.test(call));
}

/** What the program itself reads once, when a letter first names such a charset. */
const CHARSET_TABLE = /\/iconv-lite\/encodings\/tables\/[\w-]+\.json$/;
const NAMES = 10_000;
const IN_ONE_LETTER = 100;
/** One letter of so many names is filed, too. */
const FILED = 1000;
const UUID = /^[0-9a-f-]{36}$/;

/** What names are made of that have fooled others: paths, devices, dot files behind signs that nobody sees, other writings of a dot. */
const PIECES = [
  '..', '../', '..\\', '/', '\\', '.', ' ', '...', '%2e%2e%2f', '%00', '..%c0%af', '....//', '~root', 'C:\\', '\\\\host\\share', 'file:///',
  '/etc/passwd', '/proc/self/environ', '.htaccess', '.htaccess ', '.htaccess.', 'web.config', 'index.php', '.php', '.phar', '.svg', '.html::$DATA',
  'CON', 'con.txt', 'NUL', 'nul.tar.gz', 'AUX', 'LPT1', 'COM9.', 'PRN', '\u200b', '\u200b.htaccess', '\u2060', '\ufeff', '\u202e', '\u202egpj.exe',
  '\u2066', '\u00ad', '\u034f', '\u180e', '\u115f', '\u3164', '\ufe0f', '\u{e0001}', '\0', '\x07', '\x1b[2J', '\x7f', '\x85', '\r\nX-Evil: 1', '\n', '\t',
  '\u2024', '\u2025', '\uff0e', '\uff0f', '\u2215', '\u2044', '\u29f5', '\u3002', '"', "'", '`id`', '$(id)', '|', '<', '>', '*', '?', ':', ';', '&',
  'a', 'letter', 'Grüße', 'e\u0301'.repeat(3), 'ﬃ', 'İ', 'ß', '文件', '😀', '\ud800', 'x'.repeat(300), '😀'.repeat(90), '.'.repeat(400), '__proto__',
]; // biome-ignore format: a table

/** Names of one to four pieces, and of any sign between them; the same at each call. */
function hostileNames(): string[] {
  let state = 7;
  const below = (most: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
  const anySign = () => String.fromCodePoint(below(4) === 0 ? below(0x11_0000) : below(0x3000));
  const piece = () => (below(5) === 0 ? anySign() : PIECES[below(PIECES.length)]!);
  return Array.from({ length: NAMES }, () => Array.from({ length: 1 + below(4) }, piece).join(''));
}

function isSafe(name: string): boolean {
  return (
    name !== '' &&
    [...name].length <= 150 &&
    Buffer.byteLength(name) <= 255 &&
    !/[\p{C}\p{Default_Ignorable_Code_Point}/\\:*?"<>|]/u.test(name) &&
    !/^[. ]|[. ]$/.test(name) &&
    !/^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(name)
  );
}

/** A letter with files of these names, each written in one of the ways that letters write names. */
function letterWith(names: readonly string[], n: number): Buffer {
  const percent = (name: string) =>
    [...Buffer.from(name)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  const ways = [
    (name: string) => `attachment; filename*=UTF-8''${percent(name)}`,
    (name: string) => `attachment; filename="=?utf-8?B?${Buffer.from(name).toString('base64')}?="`,
    (name: string) => `attachment; filename="${name.replace(/[\r\n\0"\\]/g, '')}"`,
    (name: string) => `attachment; filename=${name.replace(/[\r\n\0"\s;]/g, '') || 'x'}`,
  ];
  const parts = names.map(
    (name, at) =>
      `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: ${ways[at % ways.length]!(name)}\r\n\r\n${at}\r\n`,
  );
  return Buffer.from(
    `From: a@acme.example\r\nTo: support@desk.example\r\nSubject: Files ${n}\r\nMessage-ID: <names-${n}@acme.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee ${n}.\r\n${parts.join('')}--b--\r\n`,
  );
}

// Files have no part in any database, so one is enough.
describeEachDatabase(
  'what a letter names and says',
  (world) => {
    test('the trap works: a file that is touched is heard', async () => {
      const { existsSync } = await import('node:fs');
      expect(await filesDuring(async () => void existsSync('/etc/passwd'))).toEqual(['existsSync /etc/passwd']);
    });

    test('10,000 hostile file names reach no file and no header, and each is a safe word', {
      timeout: 120_000,
    }, async () => {
      const ctx = world().ctx();
      await saveDesk(ctx, { suppressConfirmations: true });
      const names = hostileNames();
      await receiveLetter(ctx, letterWith(['warm.up'], -1));
      const { app, close } = await makeHttp(world().services, {
        schema: await productSchema(),
        authenticate: async () => ({ kind: 'system' }),
        routes,
      });
      await app.inject({ url: '/a/none', headers: { host: 'desk.example.com' } });
      const given: string[] = [];
      const wrong: string[] = [];
      const touched = await filesDuring(async () => {
        for (let at = 0; at < names.length; at += IN_ONE_LETTER) {
          const bytes = letterWith(names.slice(at, at + IN_ONE_LETTER), at);
          const { attachments } = await understandMail({ bytes, inboundMailId: 'x' });
          const own = attachments.map(({ name }) => name);
          given.push(...own);
          wrong.push(...own.filter((name) => !isSafe(name)));
          if (new Set(own.map((name) => name.toLowerCase())).size < own.length) wrong.push(`twice in letter ${at}`);
          if (at % FILED === 0) await receiveLetter(ctx, bytes);
        }
      });
      expect([touched, wrong]).toEqual([[], []]);
      expect(given.length).toBeGreaterThan(NAMES * 0.95);
      const rows = await ctx.db.find(Attachment, { order: { id: 'ASC' } });
      expect(rows.length).toBeGreaterThan((NAMES / FILED) * IN_ONE_LETTER * 0.95);
      expect(rows.filter(({ id, blobId }) => !UUID.test(id) || !UUID.test(blobId))).toEqual([]);

      const downloads = await filesDuring(async () => {
        for (const { id, name } of rows.filter((_, at) => at % 4 === 0)) {
          const { statusCode, headers } = await app.inject({ url: `/a/${id}`, headers: { host: 'desk.example.com' } });
          const said = String(headers['content-disposition']);
          expect([statusCode, headers['content-type']]).toEqual([200, 'application/octet-stream']);
          expect(said).toMatch(/^attachment; filename="[ -~]*"(?:; filename\*=UTF-8''[!-~]+)?$/);
          const written = /filename\*=UTF-8''(.+)$/.exec(said)?.[1];
          expect(written ? decodeURIComponent(written) : /filename="(.*)"/.exec(said)![1]).toBe(name);
        }
      });
      expect(downloads).toEqual([]);
      await close();
    });

    test('addresses that are paths open nothing', async () => {
      const { app, close } = await makeHttp(world().services, {
        schema: await productSchema(),
        authenticate: async () => ({ kind: 'system' }),
        routes,
      });
      const paths = [
        '../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%2e%2e/%2e%2e/etc/passwd', '..%252f..%252fetc%252fpasswd', '....//....//etc/passwd',
        '..%c0%af..%c0%afetc/passwd', '..%5c..%5cwindows%5cwin.ini', '%00', 'file:%2f%2f%2fetc%2fpasswd', '..;/..;/etc/passwd', '%2fetc%2fpasswd',
        '..%u2215etc', '%uff0e%uff0e%u2215etc', '.%00./etc/passwd', '\\..\\..\\etc\\passwd', '~root', 'C:%5cwindows', '/proc/self/environ',
      ]; // biome-ignore format: a table
      for (const home of [
        '/a/',
        '/a/inline/x/',
        '/m/',
        '/raw/',
        '/kb/',
        '/kb/c/',
        '/opened/x/',
        '/knowledge-export/',
        '/assets/',
      ])
        for (const path of paths) {
          const answer = await app.inject({ url: home + path, headers: { host: 'desk.example.com' } });
          expect([home + path, answer.statusCode >= 400 && answer.statusCode < 500]).toEqual([home + path, true]);
          expect(answer.body).not.toMatch(/root:|PATH=/);
        }
      await close();
    });

    test('1,000 letters are read and made safe without a look at any file, whatever their styles ask for', {
      timeout: 60_000,
    }, async () => {
      const pieces = hostilePieces();
      const lures = [
        '/*# sourceMappingURL=file:///etc/passwd */',
        '/*# sourceMappingURL=../../../../etc/passwd */',
        '@import url("file:///etc/passwd");',
        'background:url(file:///etc/hostname)',
        'src:local("/etc/passwd")',
      ];
      const read = (n: number) => {
        const lure = lures[n % lures.length]!;
        const html = `<style>p{color:red}${lure}</style><p style="color:red;${lure}">${n}</p>${pieces[n % pieces.length]!.html}<a href="file:///etc/passwd">x</a>`;
        const bytes = Buffer.from(
          `From: a@acme.example\r\nSubject: ${n}\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8; name="file:///etc/passwd"\r\nContent-Location: file:///etc/passwd\r\n\r\n${html}\r\n`,
        );
        return understandMail({ bytes, inboundMailId: '0190f5a0-0000-7000-8000-000000000000' } as never);
      };
      await read(0);
      let withHtml = 0;
      const touched = await filesDuring(async () => {
        for (let n = 0; n < 1000; n++) if ((await read(n)).html?.includes(`>${n}</p>`)) withHtml++;
      });
      expect(touched).toEqual([]);
      expect(withHtml).toBeGreaterThan(500);
    });
  },
  { handler: (task) => understandMail(task as UnderstandTask), only: 'sqlite' },
);
