import type { EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { Context } from './context.ts';

type ColumnMetadata = EntityMetadata['columns'][number];

/** Both databases take far more values in one statement; long statements only cost memory. */
const MAX_VALUES = 4000;

/** What rows must hold to be meant; a list means one of its values. */
export type Where<T> = { readonly [K in keyof T]?: T[K] | readonly T[K][] };

/**
 * Inserts whole rows by as few statements as they need, in the caller's transaction. For loops that write thousands:
 * building each statement anew from an entity costs more than the database does.
 */
export async function insertRows<T extends ObjectLiteral>(
  ctx: Context,
  entity: EntityTarget<T>,
  rows: readonly T[],
): Promise<void> {
  const { table, columns, store } = planOf(ctx, entity);
  const perStatement = Math.max(1, Math.floor(MAX_VALUES / columns.length));
  const names = columns.map(({ databaseName }) => quote(ctx, databaseName)).join(', ');
  for (let at = 0; at < rows.length; at += perStatement) {
    const some = rows.slice(at, at + perStatement);
    const values = some.flatMap((row) => columns.map((column) => store(column, row[column.propertyName])));
    const marks = `(${columns.map(() => '?').join(', ')})`;
    await run(ctx, `INSERT INTO ${table} (${names}) VALUES ${some.map(() => marks).join(', ')}`, values);
  }
}

/** Changes the rows that are meant, in the caller's transaction; `set` and `where` name columns by their properties. Returns how many. */
export async function updateRows<T extends ObjectLiteral>(
  ctx: Context,
  entity: EntityTarget<T>,
  where: Where<T>,
  set: Partial<T>,
): Promise<number> {
  const { table, column, store } = planOf(ctx, entity);
  const values: unknown[] = [];
  const changes = Object.entries(set).map(([property, value]) => {
    const name = quote(ctx, column(property).databaseName);
    // The embedded driver misreads a null in the first place, so it is written as SQL.
    if (value === null) return `${name} = NULL`;
    values.push(store(column(property), value));
    return `${name} = ?`;
  });
  const { sql, values: wanted } = conditionsOf(ctx, entity, where);
  return run(ctx, `UPDATE ${table} SET ${changes.join(', ')} WHERE ${sql}`, [...values, ...wanted]);
}

/** Deletes the rows that are meant, in the caller's transaction. Returns how many. */
export async function deleteRows<T extends ObjectLiteral>(
  ctx: Context,
  entity: EntityTarget<T>,
  where: Where<T>,
): Promise<number> {
  const { sql, values } = conditionsOf(ctx, entity, where);
  return run(ctx, `DELETE FROM ${planOf(ctx, entity).table} WHERE ${sql}`, values);
}

function conditionsOf<T extends ObjectLiteral>(
  ctx: Context,
  entity: EntityTarget<T>,
  where: Where<T>,
): { sql: string; values: unknown[] } {
  const { column, store } = planOf(ctx, entity);
  const values: unknown[] = [];
  const conditions = Object.entries(where).map(([property, value]) => {
    const wanted: readonly unknown[] = Array.isArray(value) ? value : [value];
    if (wanted.length === 0) return '1 = 0';
    values.push(...wanted.map((each) => store(column(property), each)));
    return `${quote(ctx, column(property).databaseName)} IN (${wanted.map(() => '?').join(', ')})`;
  });
  return { sql: conditions.join(' AND '), values };
}

interface Plan {
  readonly table: string;
  readonly columns: readonly ColumnMetadata[];
  column(property: string): ColumnMetadata;
  /** The value as the column keeps it. */
  store(column: ColumnMetadata, value: unknown): unknown;
}

function planOf<T extends ObjectLiteral>(ctx: Context, entity: EntityTarget<T>): Plan {
  const { driver } = ctx.db.dataSource;
  const metadata: EntityMetadata = ctx.db.dataSource.getMetadata(entity);
  return {
    table: quote(ctx, metadata.tableName),
    columns: metadata.columns,
    column(property) {
      const found = metadata.findColumnWithPropertyName(property);
      if (!found) throw new Error(`${metadata.name} has no column ${property}`);
      return found;
    },
    store: (column, value) => (value === undefined ? null : driver.preparePersistentValue(value, column)),
  };
}

function quote(ctx: Context, name: string): string {
  return ctx.db.dataSource.driver.escape(name);
}

async function run(ctx: Context, sql: string, values: unknown[]): Promise<number> {
  const { affected } = await ctx.db.queryRunner!.query(sql, values, true);
  return affected ?? 0;
}
