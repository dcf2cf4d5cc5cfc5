import 'reflect-metadata';
import { AsyncLocalStorage } from 'node:async_hooks';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'libsql';
import { DataSource, type DataSourceOptions, type EntityManager, type EntitySchema, QueryFailedError } from 'typeorm';
import type { DatabaseConfig } from './config.ts';
import { withMigrationLock } from './migration-lock.ts';
import { migrations } from './migrations/all.ts';

export type Dialect = 'sqlite' | 'mysql' | 'mariadb';
// biome-ignore lint/complexity/noBannedTypes: TypeORM names entity classes by Function
export type EntityClass = Function | EntitySchema;

/** Transaction retries on these errors: deadlock, lock wait timeout, snapshot changed, node not primary. */
const RETRY_ERRNO = new Set([1213, 1205, 1020, 1047]);
const MAX_TRIES = 6;

/**
 * The one door to the rows. It hides what differs: the embedded database has one writing connection, so transactions
 * queue there and reads use a second, read-only one; a database server has a pool, and a transaction that lost a race is run again.
 */
export class Database {
  readonly dialect: Dialect;
  readonly writer: DataSource;
  readonly reader: DataSource;
  private tail: Promise<unknown> = Promise.resolve();
  private readonly inside = new AsyncLocalStorage<true>();

  private constructor(dialect: Dialect, writer: DataSource, reader: DataSource) {
    this.dialect = dialect;
    this.writer = writer;
    this.reader = reader;
  }

  /** Connects and brings the schema up to date. Several processes may start at once: one migrates, the others wait. */
  static async open(config: DatabaseConfig, entities: EntityClass[]): Promise<Database> {
    const writer = new DataSource(writerOptions(config, entities));
    allowLongColumns(writer);
    await writer.initialize();
    await withMigrationLock(writer, () => writer.runMigrations({ transaction: 'each' }));
    if (config.kind !== 'sqlite') return new Database(config.kind, writer, writer);
    const reader = new DataSource(sqliteOptions(config.file, entities, true));
    allowLongColumns(reader);
    await reader.initialize();
    return new Database('sqlite', writer, reader);
  }

  /** SQL for the database server's own clock in milliseconds; leases trust no other clock. */
  get nowMs(): string {
    return this.dialect === 'sqlite'
      ? "CAST(ROUND((julianday('now') - 2440587.5) * 86400000) AS INTEGER)"
      : 'CAST(ROUND(UNIX_TIMESTAMP(NOW(3)) * 1000) AS SIGNED)';
  }

  /** Runs `work` in one transaction: all of it is durable when this resolves, none of it when it rejects. */
  async transaction<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    if (this.inside.getStore())
      throw new Error('A transaction is open already: pass its ctx on instead of beginning another');
    return this.dialect === 'sqlite' ? this.queued(work) : this.retried(work);
  }

  async close(): Promise<void> {
    await this.tail.catch(() => undefined);
    if (this.reader !== this.writer) await this.reader.destroy();
    await this.writer.destroy();
  }

  private queued<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    const run = () => this.inside.run(true, () => this.writer.manager.transaction(work));
    const result = this.tail.then(run, run);
    this.tail = result.catch(() => undefined);
    return result;
  }

  private async retried<T>(work: (db: EntityManager) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.inside.run(true, () => this.writer.manager.transaction('READ COMMITTED', work));
      } catch (error) {
        if (attempt === MAX_TRIES || !RETRY_ERRNO.has(errnoOf(error))) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20 * 2 ** attempt * Math.random()));
      }
    }
  }
}

/** A loop of this process that waits for rows. */
export type Wake = 'events' | 'jobs' | 'mail' | 'rankings';

/** Loops to wake when the transaction has committed; forgotten when it rolls back. */
export interface OpenTransaction {
  readonly wakes: Set<Wake>;
}

/** What `transact` needs of a context. */
export interface Transactional {
  readonly database: Database;
  readonly db: EntityManager;
  readonly transaction: OpenTransaction | null;
  readonly wake: (what: Wake) => void;
}

/** Begins a transaction, or joins the one that `ctx` carries already. `work` gets the ctx whose `db` is bound to it. */
export async function transact<T, C extends Transactional>(ctx: C, work: (ctx: C) => Promise<T>): Promise<T> {
  if (ctx.transaction) return work(ctx);
  let wakes = new Set<Wake>();
  const result = await ctx.database.transaction((db) => {
    wakes = new Set();
    return work({ ...ctx, db, transaction: { wakes } });
  });
  for (const what of wakes) ctx.wake(what);
  return result;
}

/** True when the database refused a row because one with the same key stands there. */
export function isUniqueViolation(error: unknown): boolean {
  if (!(error instanceof QueryFailedError)) return false;
  const code = String((error.driverError as { code?: unknown }).code ?? '');
  return code === 'ER_DUP_ENTRY' || code === 'SQLITE_CONSTRAINT_PRIMARYKEY' || code === 'SQLITE_CONSTRAINT_UNIQUE';
}

/** Locks the row for the rest of the transaction where the database can; the embedded one has a single writer anyway. */
export function rowLock(ctx: Pick<Transactional, 'database'>): { mode: 'pessimistic_write' } | undefined {
  return ctx.database.dialect === 'sqlite' ? undefined : { mode: 'pessimistic_write' };
}

/** As `rowLock`, but others may hold it too: nobody can change or remove the row meanwhile. */
export function shareLock(ctx: Pick<Transactional, 'database'>): { mode: 'pessimistic_read' } | undefined {
  return ctx.database.dialect === 'sqlite' ? undefined : { mode: 'pessimistic_read' };
}

/** `text` with the wildcards of LIKE made literal; use with `ESCAPE '!'`. */
export function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, (sign) => `!${sign}`);
}

function errnoOf(error: unknown): number {
  return error instanceof QueryFailedError ? Number((error.driverError as { errno?: unknown }).errno) : Number.NaN;
}

function writerOptions(config: DatabaseConfig, entities: EntityClass[]): DataSourceOptions {
  if (config.kind === 'sqlite') {
    mkdirSync(dirname(config.file), { recursive: true, mode: 0o700 });
    return sqliteOptions(config.file, entities, false);
  }
  return {
    type: config.kind,
    url: config.url.replace(/^mariadb:/, 'mysql:'),
    entities: entities as never,
    migrations,
    charset: 'utf8mb4',
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    connectTimeout: 10_000,
    poolSize: 10,
  };
}

function sqliteOptions(file: string, entities: EntityClass[], readonly: boolean): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    driver: Sqlite,
    database: file,
    entities: entities as never,
    migrations: readonly ? [] : migrations,
    enableWAL: !readonly,
    prepareDatabase: (db: { exec(sql: string): void }) => {
      // FULL: a letter is deleted from the mail server after our commit, so a commit must outlive a power cut.
      // secure_delete: what was deleted is overwritten in the file, not only let go.
      db.exec(
        'PRAGMA secure_delete = ON; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16384;',
      );
      // Lists and searches run over far more pages than a transaction does.
      if (readonly) db.exec('PRAGMA cache_size = -65536; PRAGMA query_only = ON;');
    },
  };
}

/** The embedded driver knows no long types by name; its affinity rules make them text and blob. */
function allowLongColumns(source: DataSource): void {
  if (source.options.type === 'better-sqlite3') {
    (source.driver.supportedDataTypes as string[]).push('longtext', 'longblob');
  }
}
