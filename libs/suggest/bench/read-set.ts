import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Article {
  readonly id: string;
  readonly language: string;
  readonly title: string;
  readonly body: string;
}

export interface Question {
  readonly id: string;
  readonly language: string;
  readonly text: string;
}

/** One evaluation set: articles, questions, and which article answers which question. */
export interface EvaluationSet {
  readonly name: string;
  readonly articles: readonly Article[];
  readonly questions: readonly Question[];
  /** Question -> right articles. A question without any is unanswerable: silence is right. */
  readonly right: ReadonlyMap<string, ReadonlySet<string>>;
  /** Article -> past texts it answered, in the order of the file; empty where the set has none. */
  readonly past: ReadonlyMap<string, readonly string[]>;
}

function rows(path: string): string[][] {
  const lines = readFileSync(path, 'utf8').split(/\r?\n/).slice(1);
  return lines.filter((line) => line !== '').map((line) => line.split('\t'));
}

/** The rows of `NAME.tsv` and of every half `NAME.HALF.tsv`. */
function rowsOf(folder: string, name: string): string[][] {
  const files = readdirSync(folder).filter(
    (file) => file === `${name}.tsv` || (file.startsWith(`${name}.`) && file.endsWith('.tsv')),
  );
  return files.sort().flatMap((file) => rows(join(folder, file)));
}

function grouped(pairs: readonly string[][]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [key = '', value = ''] of pairs) {
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/**
 * Reads a folder with `docs.tsv` (id, lang, title, body), `queries[.HALF].tsv` (id, lang, text), `qrels[.HALF].tsv`
 * (query, doc, grade) and perhaps `past.tsv` (doc, text) and `unanswerable[.HALF].tsv` (id, lang, text).
 */
export function readSet(folder: string, name: string): EvaluationSet {
  const toQuestion = ([id = '', language = '', text = '']: string[]): Question => ({ id, language, text });
  const qrels = rowsOf(folder, 'qrels').filter(([, , grade]) => Number(grade ?? 1) > 0);
  const past = join(folder, 'past.tsv');
  return {
    name,
    articles: rows(join(folder, 'docs.tsv')).map(([id = '', language = '', title = '', body = '']) => ({
      id,
      language,
      title,
      body,
    })),
    questions: [...rowsOf(folder, 'queries'), ...rowsOf(folder, 'unanswerable')].map(toQuestion),
    right: new Map([...grouped(qrels)].map(([query, documents]) => [query, new Set(documents)])),
    past: existsSync(past) ? grouped(rows(past)) : new Map(),
  };
}

/** All sets in a folder: every sub-folder that has a `docs.tsv`, or the folder itself. */
export function readSets(folder: string): EvaluationSet[] {
  const isSet = (path: string) => statSync(path).isDirectory() && existsSync(join(path, 'docs.tsv'));
  if (isSet(folder)) return [readSet(folder, folder.replace(/\/+$/, '').split('/').pop() ?? folder)];
  return readdirSync(folder)
    .sort()
    .filter((name) => isSet(join(folder, name)))
    .map((name) => readSet(join(folder, name), name));
}
