import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Root of a MariaDB or MySQL server for tests, or empty. */
    testDatabaseServer: string;
    /** How the names of all databases of this run begin. */
    testDatabasePrefix: string;
    /** Holds what this run writes, and goes with it. */
    testFolder: string;
  }
}

const DEFAULT_SERVER = 'mariadb://root@127.0.0.1:3306';
/** What a test commits need not outlive a power cut. */
const IN_MEMORY = '/dev/shm';

/**
 * Finds out which databases this run can use and says so; REQUIRE_MARIADB=1 makes the server obligatory. Gives back
 * what removes all databases of the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = (process.env.TEST_DATABASE_URL ?? DEFAULT_SERVER).replace(/\/[^/@]*$/, (path) =>
    path.startsWith('//') ? path : '',
  );
  const version = await versionOf(server);
  if (version === null && (process.env.REQUIRE_MARIADB === '1' || process.env.TEST_DATABASE_URL)) {
    throw new Error('A MariaDB or MySQL server is required for this run, and none answered');
  }
  const prefix = `support_test_${randomUUID().slice(0, 8)}_`;
  const folder = mkdtempSync(join(existsSync(IN_MEMORY) ? IN_MEMORY : tmpdir(), 'support-center-'));
  project.provide('testDatabaseServer', version === null ? '' : server);
  project.provide('testDatabasePrefix', prefix);
  project.provide('testFolder', folder);
  process.stdout.write(
    `Database tests run on: SQLite${version === null ? ' only (no MariaDB or MySQL answered on 127.0.0.1:3306)' : `, ${version}`}\n`,
  );
  return async () => {
    rmSync(folder, { recursive: true, force: true });
    if (version !== null) await dropDatabases(server, prefix);
  };
}

async function versionOf(server: string): Promise<string | null> {
  try {
    const [row] = await ask(server, 'SELECT VERSION() AS version');
    return row!.version!;
  } catch {
    return null;
  }
}

async function dropDatabases(server: string, prefix: string): Promise<void> {
  const found = await ask(server, `SELECT schema_name AS name FROM information_schema.schemata`);
  for (const { name } of found) if (name!.startsWith(prefix)) await ask(server, `DROP DATABASE ${name}`);
}

async function ask(server: string, sql: string): Promise<Record<string, string>[]> {
  const connection = await createConnection({ uri: server.replace(/^mariadb:/, 'mysql:'), connectTimeout: 2000 });
  const [rows] = await connection.query(sql);
  await connection.end();
  return rows as Record<string, string>[];
}
