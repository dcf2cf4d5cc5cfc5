import type { DataSource } from 'typeorm';

const STALE_AFTER_SECONDS = 600;
const WAIT_MS = 250;

/**
 * Lets one process migrate while others wait for it. A row by compare-and-set, so that it works on every server
 * (named locks do not exist on a cluster); the embedded database has one process and needs none.
 */
export async function withMigrationLock(source: DataSource, work: () => Promise<unknown>): Promise<void> {
  if (source.options.type === 'better-sqlite3') {
    await work();
    return;
  }
  await source.query('CREATE TABLE IF NOT EXISTS migration_lock (id INT PRIMARY KEY, takenAt DATETIME NULL)');
  await source.query('INSERT IGNORE INTO migration_lock (id, takenAt) VALUES (1, NULL)');
  while (!(await takeLock(source))) await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  try {
    await work();
  } finally {
    await source.query('UPDATE migration_lock SET takenAt = NULL WHERE id = 1');
  }
}

async function takeLock(source: DataSource): Promise<boolean> {
  const result = (await source.query(
    `UPDATE migration_lock SET takenAt = NOW() WHERE id = 1 AND (takenAt IS NULL OR takenAt < NOW() - INTERVAL ${STALE_AFTER_SECONDS} SECOND)`,
  )) as { affectedRows: number };
  return result.affectedRows === 1;
}
