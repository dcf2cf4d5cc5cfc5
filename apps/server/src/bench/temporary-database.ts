import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { DatabaseConfig } from '../platform/config.ts';

/** A database of one measurement, in a folder of its own; `remove` leaves nothing of both. */
export interface TemporaryDatabase {
  readonly folder: string;
  readonly config: DatabaseConfig;
  remove(): Promise<void>;
}

/** A file of the embedded database. */
export async function temporaryFile(): Promise<TemporaryDatabase> {
  const folder = mkdtempSync(join(tmpdir(), 'support-center-bench-'));
  return {
    folder,
    config: { kind: 'sqlite', file: join(folder, 'support-center.db') },
    remove: async () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** A fresh database on the server whose root is `server`; null when none answers within two seconds. */
export async function temporaryOnServer(server: string): Promise<TemporaryDatabase | null> {
  const uri = server.replace(/^mariadb:/, 'mysql:');
  const name = `support_bench_${randomBytes(6).toString('hex')}`;
  const run = async (sql: string) => {
    const connection = await createConnection({ uri, connectTimeout: 2000 });
    await connection.query(sql).finally(() => connection.end());
  };
  try {
    await run(`CREATE DATABASE ${name}`);
  } catch {
    return null;
  }
  const { folder, remove } = await temporaryFile();
  const drop = async () => {
    await run(`DROP DATABASE ${name}`);
    await remove();
  };
  return { folder, config: { kind: 'mariadb', url: `${server}/${name}` }, remove: drop };
}
