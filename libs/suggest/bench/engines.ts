import Database from 'libsql';
import MiniSearch, { type SearchResult } from 'minisearch';
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
  /** What was chosen where the engine leaves a choice. */
  readonly options: string;
  add(entries: readonly Entry[]): void;
  remove(id: string): void;
  /** Article ids, best first. */
  search(text: string, first: number): string[];
  /** The same with whole words only, where `search` does more: faster, and poorer. */
  searchPlain?(text: string, first: number): string[];
}

/** Our engine, without its floor. */
export function ourEngine(settings: Partial<RankSettings> = {}): Engine & { readonly index: SuggestIndex } {
  const index = new SuggestIndex(settings);
  return {
    name: 'suggest',
    options: 'as in the product, without its floor',
    index,
    add: (entries) => {
      for (const entry of entries) index.add({ ...entry, base: 'all', keywords: [] });
    },
    remove: (id) => void index.remove(id),
    search: (text, first) => index.suggest({ base: 'all', text, first, floor: 0 }).map(({ id }) => id),
  };
}

/**
 * MiniSearch with its own analysis and the same field weights. Prefixes and fuzzy words from four letters on: of the choices
 * tried this ranks best, and it is far faster than prefixes of every short word, which stand for thousands of others.
 */
export function miniSearch(): Engine {
  const index = new MiniSearch({ fields: ['title', 'body', 'feedback'], idField: 'id' });
  const isLong = (term: string) => term.length > 3;
  const options = {
    boost: { title: 3, feedback: 3 },
    prefix: isLong,
    fuzzy: (term: string) => isLong(term) && 0.2,
  };
  return {
    name: 'minisearch',
    options: 'any word, prefixes and fuzzy 0.2 from four letters on, boost title 3, feedback 3; removes by discard',
    add: (entries) => index.addAll(entries.map((entry) => ({ ...entry, feedback: entry.feedback.join('\n') }))),
    remove: (id) => index.discard(id),
    search: (text, first) => idsOf(index.search(text, options), first),
    searchPlain: (text, first) => idsOf(index.search(text, { boost: options.boost }), first),
  };
}

function idsOf(results: readonly SearchResult[], first: number): string[] {
  return results.slice(0, first).map(({ id }) => String(id));
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
    options: 'in memory, porter unicode61, any word, bm25 with weights 3, 1, 3',
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
