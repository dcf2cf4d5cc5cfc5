import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPop3 } from '@support-center/pop3';
import { createConnection } from 'mysql2/promise';
import { beforeAll, beforeEach, describe, inject } from 'vitest';
import { entities } from '../src/entities.ts';
import { loadConfig } from '../src/platform/config.ts';
import { type Actor, type Context, makeContext, type Services } from '../src/platform/context.ts';
import { Database } from '../src/platform/database.ts';
import { systemRandom } from '../src/platform/random.ts';
import { makeSecrets } from '../src/platform/secrets.ts';
import { runKeyTask } from '../src/settings/pgp-work.ts';
import { FakeClock, inProcessRanking, inProcessWorkers, MemoryDns, MemoryLog, MemorySmtp } from './fakes.ts';

/** What a database test works with: services over a fresh, migrated database, and contexts for any actor. */
export interface TestWorld {
  readonly services: Services;
  readonly clock: FakeClock;
  readonly log: MemoryLog;
  readonly smtp: MemorySmtp;
  readonly dns: MemoryDns;
  readonly dialect: 'sqlite' | 'mariadb';
  /** The product itself, unless another actor is given. */
  ctx(actor?: Actor): Context;
}

/**
 * Declares the same tests once for each database at hand. Tables are empty and the clock stands at
 * 2026-03-02T09:00:00Z before each test; `world()` may only be called inside tests and hooks. `only` is for what no
 * database has a part in.
 */
export function describeEachDatabase(
  name: string,
  declare: (world: () => TestWorld) => void,
  options: { handler?: (task: never) => Promise<unknown>; only?: 'sqlite' } = {},
): void {
  for (const dialect of ['sqlite', 'mariadb'] as const) {
    const server = inject('testDatabaseServer');
    if (dialect === 'mariadb' && (server === '' || options.only === 'sqlite')) continue;
    describe(`${name} (${dialect})`, () => {
      let world: TestWorld;

      beforeAll(async () => {
        world = makeWorld(await migratedDatabase(dialect, server), dialect, options.handler);
      });
      beforeEach(async () => {
        await emptyTables(world.services.database);
        world.clock.set('2026-03-02T09:00:00.000Z');
        world.smtp.sent.length = 0;
        world.smtp.failures.length = 0;
        world.dns.records.clear();
        world.dns.failure = null;
        world.log.lines.length = 0;
      });
      declare(() => world);
    });
  }
}

/** Services over `database` with a set clock, a mail server in memory and a log that is kept. */
export function makeWorld(
  database: Database,
  dialect: 'sqlite' | 'mariadb',
  handler?: (task: never) => Promise<unknown>,
): TestWorld {
  const clock = new FakeClock('2026-03-02T09:00:00.000Z');
  const log = new MemoryLog();
  const smtp = new MemorySmtp();
  const dns = new MemoryDns();
  const services: Services = {
    config: loadConfig({ DATA_DIR: join(tmpdir(), 'support-center-test'), PUBLIC_URL: 'https://desk.example.com' }),
    clock,
    random: systemRandom,
    log,
    database,
    secrets: makeSecrets(Buffer.from('0123456789abcdef0123456789abcdef')),
    openPop3,
    dns,
    smtp,
    workers: inProcessWorkers(handler ?? (() => Promise.reject(new Error('this test has no workers')))),
    ranking: inProcessRanking(),
    keyWorkers: inProcessWorkers((task) => runKeyTask(task)),
    wake: () => undefined,
  };
  return {
    services,
    clock,
    log,
    smtp,
    dns,
    dialect,
    ctx: (actor = { kind: 'system' }) => makeContext(services, actor),
  };
}

const migrated = new Map<string, Promise<Database>>();

/** The one database of its kind in this process: all files share it, for to make its tables takes longer than most tests. */
function migratedDatabase(dialect: 'sqlite' | 'mariadb', server: string): Promise<Database> {
  const known = migrated.get(dialect) ?? (dialect === 'sqlite' ? openFile() : openOnServer(server));
  migrated.set(dialect, known);
  return known;
}

function openFile(): Promise<Database> {
  return Database.open({ kind: 'sqlite', file: join(inject('testFolder'), `${randomUUID()}.db`) }, entities);
}

async function openOnServer(server: string): Promise<Database> {
  const name = `${inject('testDatabasePrefix')}${randomUUID().slice(0, 8)}`;
  const connection = await createConnection({ uri: server.replace(/^mariadb:/, 'mysql:') });
  await connection.query(`CREATE DATABASE ${name}`);
  await connection.end();
  return Database.open({ kind: 'mariadb', url: `${server}/${name}` }, entities);
}

/** Empties what is not empty: to ask costs one question, to delete one for each table. */
async function emptyTables({ writer }: Database): Promise<void> {
  const quoted = (name: string) => writer.driver.escape(name);
  const tables = writer.entityMetadatas.map(({ tableName }) => tableName);
  const filled: { name: string }[] = await writer.query(
    tables
      .map((name) => `SELECT '${name}' AS name FROM (SELECT 1 FROM ${quoted(name)} LIMIT 1) AS some`)
      .join(' UNION ALL '),
  );
  if (filled.length === 0) return;
  await writer.transaction(async (db) => {
    for (const { name } of filled) await db.query(`DELETE FROM ${quoted(name)}`);
  });
}
