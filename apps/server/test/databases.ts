import { createConnection } from 'mysql2/promise';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Root of a MariaDB or MySQL server for tests, or empty. */
    testDatabaseServer: string;
  }
}

const DEFAULT_SERVER = 'mariadb://root@127.0.0.1:3306';

/** Finds out which databases this run can use and says so; REQUIRE_MARIADB=1 makes the server obligatory. */
export default async function setup(project: TestProject): Promise<void> {
  const server = (process.env.TEST_DATABASE_URL ?? DEFAULT_SERVER).replace(/\/[^/@]*$/, (path) =>
    path.startsWith('//') ? path : '',
  );
  const version = await versionOf(server);
  if (version === null && (process.env.REQUIRE_MARIADB === '1' || process.env.TEST_DATABASE_URL)) {
    throw new Error('A MariaDB or MySQL server is required for this run, and none answered');
  }
  project.provide('testDatabaseServer', version === null ? '' : server);
  process.stdout.write(
    `Database tests run on: SQLite${version === null ? ' only (no MariaDB or MySQL answered on 127.0.0.1:3306)' : `, ${version}`}\n`,
  );
}

async function versionOf(server: string): Promise<string | null> {
  try {
    const connection = await createConnection({ uri: server.replace(/^mariadb:/, 'mysql:'), connectTimeout: 2000 });
    const [rows] = await connection.query('SELECT VERSION() AS version');
    await connection.end();
    return (rows as { version: string }[])[0]!.version;
  } catch {
    return null;
  }
}
