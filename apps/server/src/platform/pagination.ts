import { Field, Int, ObjectType } from 'type-graphql';
import { invalidInput } from './errors.ts';

/** Where a window of a list ends. */
@ObjectType({ description: 'Where a window of a list ends.' })
export class PageInfo {
  @Field(() => String, {
    nullable: true,
    description: 'Give it as `after` to get the next window; null: the window is empty.',
  })
  endCursor: string | null;

  @Field(() => Boolean, { description: 'There is more behind this window.' })
  hasNextPage: boolean;
}

/** A window of a list. */
export interface Connection<T> {
  readonly nodes: T[];
  readonly pageInfo: PageInfo;
  readonly totalCount: number;
}

/** How a list is asked for. */
export interface WindowArgs {
  readonly first: number;
  readonly after?: string | null;
}

/** The key of the row behind which a window begins: a time and an id. */
export interface Cursor {
  readonly at: Date;
  readonly id: string;
}

/** @throws AppError INVALID_INPUT unless 1 <= first <= 100 */
export function checkFirst(first: number): number {
  if (!Number.isInteger(first) || first < 1 || first > 100) {
    throw invalidInput([{ path: 'first', message: 'Ask for 1 to 100 at a time.' }]);
  }
  return first;
}

export function writeCursor({ at, id }: Cursor): string {
  return Buffer.from(`${at.getTime().toString(36)}:${id}`).toString('base64url');
}

/** @throws AppError INVALID_INPUT for anything that `writeCursor` did not write */
export function readCursor(text: string): Cursor {
  const match = /^([0-9a-z]{1,11}):([0-9a-f-]{36})$/.exec(
    Buffer.from(text.slice(0, 200), 'base64url').toString('latin1'),
  );
  if (!match) throw invalidInput([{ path: 'after', message: 'This is not a cursor of this list.' }]);
  return { at: new Date(Number.parseInt(match[1]!, 36)), id: match[2]! };
}

/** A window out of `first + 1` rows. */
export function makeConnection<T>(
  rows: T[],
  first: number,
  totalCount: number,
  cursorOf: (row: T) => Cursor,
): Connection<T> {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: { endCursor: last ? writeCursor(cursorOf(last)) : null, hasNextPage: rows.length > first },
    totalCount,
  };
}

/** Fields that every connection type has. */
@ObjectType()
export abstract class ConnectionType {
  @Field(() => PageInfo, { description: 'Where the window ends.' })
  pageInfo: PageInfo;

  @Field(() => Int, { description: 'How many there are in all.' })
  totalCount: number;
}
