import { type Engine, type Entry, fts5, miniSearch, ourEngine } from './engines.ts';
import { qualityOf } from './metrics.ts';
import { type EvaluationSet, readSets } from './read-set.ts';
import { silenceOf } from './silence.ts';

/** How many past texts an article learnt from. */
const learning = [0, 1, 3, 10, Number.POSITIVE_INFINITY] as const;

function entriesOf(set: EvaluationSet, texts: number): Entry[] {
  return set.articles.map((article) => ({ ...article, feedback: (set.past.get(article.id) ?? []).slice(0, texts) }));
}

function judge(engine: Engine, set: EvaluationSet) {
  return set.questions.flatMap(({ id, text }) => {
    const right = set.right.get(id);
    return right ? [{ ranking: engine.search(text, 10), right }] : [];
  });
}

const three = (value: number) => value.toFixed(3);

function report(set: EvaluationSet, texts: number): Map<string, number> {
  const entries = entriesOf(set, texts);
  const name =
    set.past.size === 0 ? set.name : `${set.name} past=${texts === Number.POSITIVE_INFINITY ? 'all' : texts}`;
  const found = new Map<string, number>();
  const columns = [ourEngine(), miniSearch(), fts5()].map((engine) => {
    engine.add(entries);
    const { ndcg10, recall5, mrr10 } = qualityOf(judge(engine, set));
    found.set(engine.name, ndcg10);
    return `${three(ndcg10)} ${three(recall5)} ${three(mrr10)}`;
  });
  console.log(`${name.padEnd(32)} | ${columns.join(' | ')}`);
  return found;
}

/** Mean nDCG@10 of sets that belong together, as "hint3-a", "hint3-b". */
function reportFamilies(byName: ReadonlyMap<string, Map<string, number>[]>): void {
  for (const [name, parts] of byName) {
    if (parts.length < 2) continue;
    const mean = (engine: string) => parts.reduce((sum, part) => sum + (part.get(engine) ?? 0), 0) / parts.length;
    console.log(
      `${`mean of ${parts.length}: ${name}`.padEnd(32)} | ${['suggest', 'minisearch', 'fts5'].map((engine) => `${engine} ${three(mean(engine))}`).join(' | ')}`,
    );
  }
}

function main(folder: string | undefined): void {
  if (!folder) {
    console.error('usage: quality FOLDER (a set, or a folder of sets, each with docs.tsv, queries*.tsv, qrels*.tsv)');
    process.exitCode = 2;
    return;
  }
  const sets = readSets(folder);
  console.log(`${'nDCG@10 recall@5 MRR@10'.padEnd(32)} | suggest           | minisearch        | fts5`);
  const families = new Map<string, Map<string, number>[]>();
  for (const set of sets) {
    for (const texts of set.past.size === 0 ? [0] : learning) {
      const found = report(set, texts);
      const family = `${set.name.split('-')[0]}${set.past.size === 0 ? '' : ` past=${texts}`}`;
      families.set(family, [...(families.get(family) ?? []), found]);
    }
  }
  reportFamilies(families);
  for (const set of sets) console.log(silenceOf(set, entriesOf(set, Number.POSITIVE_INFINITY)));
}

main(process.argv[2]);
