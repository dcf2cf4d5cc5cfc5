import Database from 'libsql';
import MiniSearch from 'minisearch';
import { type RankSettings, SuggestIndex } from '../src/index.ts';

export interface Entry {
  readonly id: string;
  readonly language: string;
  readonly title: string;
  readonly body: string;
  readonly feedback: readonly string[];
}

/** A search engine on trial. */
export interface Engine {
  readonly name: string;
  add(entries: readonly Entry[]): void;
  remove(id: string): void;
  /** Article ids, best first. */
  search(text: string, first: number): string[];
}

/** Our engine, without its floor. */
export function ourEngine(settings: Partial<RankSettings> = {}): Engine & { readonly index: SuggestIndex } {
  const index = new SuggestIndex(settings);
  return {
    name: 'suggest',
    index,
    add: (entries) => {
      for (const entry of entries) index.add({ ...entry, base: 'all', keywords: [] });
    },
    remove: (id) => void index.remove(id),
    search: (text, first) => index.suggest({ base: 'all', text, first, floor: 0 }).map(({ id }) => id),
  };
}

/** MiniSearch with its own analysis, the same field weights, prefixes and fuzzy words on. */
export function miniSearch(): Engine {
  const index = new MiniSearch({ fields: ['title', 'body', 'feedback'], idField: 'id' });
  const options = { boost: { title: 3, feedback: 3 }, prefix: true, fuzzy: 0.2 };
  return {
    name: 'minisearch',
    add: (entries) => index.addAll(entries.map((entry) => ({ ...entry, feedback: entry.feedback.join('\n') }))),
    remove: (id) => index.discard(id),
    search: (text, first) =>
      index
        .search(text, options)
        .slice(0, first)
        .map(({ id }) => String(id)),
  };
}

/** SQLite FTS5 in memory: its Porter stemmer over unicode61, any word may match, bm25 with the same field weights. */
export function fts5(): Engine {
  const database = new Database(':memory:');
  database.exec(
    "create virtual table articles using fts5(id unindexed, title, body, feedback, tokenize = 'porter unicode61 remove_diacritics 2')",
  );
  const insert = database.prepare('insert into articles values (?, ?, ?, ?)');
  const drop = database.prepare('delete from articles where id = ?');
  const select = database.prepare(
    'select id from articles where articles match ? order by bm25(articles, 0, 3, 1, 3) limit ?',
  );
  return {
    name: 'fts5',
    add: (entries) => {
      database.exec('begin');
      for (const { id, title, body, feedback } of entries) insert.run(id, title, body, feedback.join('\n'));
      database.exec('commit');
    },
    remove: (id) => void drop.run(id),
    search: (text, first) => {
      const words = text.match(/[\p{L}\p{N}]+/gu) ?? [];
      if (words.length === 0) return [];
      const found = select.all(words.map((word) => `"${word}"`).join(' OR '), first) as { id: string }[];
      return found.map(({ id }) => id);
    },
  };
}
