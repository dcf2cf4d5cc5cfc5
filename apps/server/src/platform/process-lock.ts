import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Sqlite from 'libsql';
import { ConfigError } from './config.ts';

/**
 * Keeps a second process off the same data folder. The lock is one of the operating system's, held by an open
 * database file, so a killed process never leaves a stale one. @throws ConfigError when another process holds it
 */
export function lockDataDir(dataDir: string): { release(): void } {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const lock = new Sqlite(join(dataDir, 'process.lock'));
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE;');
  } catch (cause) {
    lock.close();
    throw new ConfigError(
      `DATA_DIR: another process works on ${dataDir}. Stop it first; the embedded database serves one process.`,
      { cause },
    );
  }
  return { release: () => lock.close() };
}
