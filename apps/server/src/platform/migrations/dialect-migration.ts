import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One change of the schema, told to each database in its own words. Forward only: there is no way down. */
export abstract class DialectMigration implements MigrationInterface {
  abstract readonly name: string;
  abstract readonly sqlite: readonly string[];
  /** For MySQL and MariaDB. */
  abstract readonly mysql: readonly string[];

  async up(runner: QueryRunner): Promise<void> {
    const statements = runner.dataSource.options.type === 'better-sqlite3' ? this.sqlite : this.mysql;
    for (const statement of statements) await runner.query(statement);
  }

  async down(): Promise<void> {
    throw new Error(`${this.name} cannot be undone: restore a backup instead`);
  }
}
