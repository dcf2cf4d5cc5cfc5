import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPop3 } from '@support-center/pop3';
import { createConnection } from 'mysql2/promise';
import { afterAll, beforeAll, beforeEach, describe, inject } from 'vitest';
import { entities } from '../src/entities.ts';
import { type DatabaseConfig, loadConfig } from '../src/platform/config.ts';
import { type Actor, type Context, makeContext, type Services } from '../src/platform/context.ts';
import { Database } from '../src/platform/database.ts';
import { systemRandom } from '../src/platform/random.ts';
import { makeSecrets } from '../src/platform/secrets.ts';
import { runKeyTask } from '../src/settings/pgp-work.ts';
import { FakeClock, inProcessRanking, inProcessWorkers, MemoryLog, MemorySmtp } from './fakes.ts';

/** What a test commits need not outlive a power cut. */
const IN_MEMORY = '/dev/shm';

/** What a database test works with: services over a fresh, migrated database, and contexts for any actor. */
export interface TestWorld {
  readonly services: Services;
  readonly clock: FakeClock;
  readonly log: MemoryLog;
  readonly smtp: MemorySmtp;
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
      let dropDatabase: () => Promise<void>;

      beforeAll(async () => {
        const { config, drop } = dialect === 'sqlite' ? temporaryFile() : await temporaryDatabase(server);
        const database = await Database.open(config, entities);
        dropDatabase = async () => {
          await database.close();
          await drop();
        };
        world = makeWorld(database, dialect, options.handler);
      });
      beforeEach(async () => {
        await emptyTables(world.services.database);
        world.clock.set('2026-03-02T09:00:00.000Z');
        world.smtp.sent.length = 0;
        world.smtp.failures.length = 0;
        world.log.lines.length = 0;
      });
      afterAll(() => dropDatabase());
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
  const services: Services = {
    config: loadConfig({ DATA_DIR: join(tmpdir(), 'support-center-test'), PUBLIC_URL: 'https://desk.example.com' }),
    clock,
    random: systemRandom,
    log,
    database,
    secrets: makeSecrets(Buffer.from('0123456789abcdef0123456789abcdef')),
    openPop3,
    smtp,
    workers: inProcessWorkers(handler ?? (() => Promise.reject(new Error('this test has no workers')))),
    ranking: inProcessRanking(),
    keyWorkers: inProcessWorkers((task) => runKeyTask(task)),
    wake: () => undefined,
  };
  return { services, clock, log, smtp, dialect, ctx: (actor = { kind: 'system' }) => makeContext(services, actor) };
}

function temporaryFile(): { config: DatabaseConfig; drop: () => Promise<void> } {
  const folder = mkdtempSync(join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'support-center-'));
  return {
    config: { kind: 'sqlite', file: join(folder, 'test.db') },
    drop: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

async function temporaryDatabase(server: string): Promise<{ config: DatabaseConfig; drop: () => Promise<void> }> {
  const name = `support_test_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const connection = await createConnection({ uri: server.replace(/^mariadb:/, 'mysql:') });
    await connection.query(sql);
    await connection.end();
  };
  await run(`CREATE DATABASE ${name}`);
  return { config: { kind: 'mariadb', url: `${server}/${name}` }, drop: () => run(`DROP DATABASE ${name}`) };
}

async function emptyTables(database: Database): Promise<void> {
  await database.transaction(async (db) => {
    for (const { tableName } of database.writer.entityMetadatas)
      await db.query(`DELETE FROM ${db.connection.driver.escape(tableName)}`);
  });
}
