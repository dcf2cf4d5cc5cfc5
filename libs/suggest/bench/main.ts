import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { reportFloors, reportQuality, reportSilence } from './quality.ts';
import { readSets } from './read-set.ts';
import { reportSpeed } from './speed.ts';

const usage = `usage: npm run bench:suggest -- [FOLDER] [--only quality|speed] [--articles 100000]
FOLDER is a set, or a folder of sets, each with docs.tsv, queries*.tsv, qrels*.tsv; the small set of the project when left out.`;

/** The sets carried in the project, seen from the built bench. */
const ownSets = fileURLToPath(new URL('../../../bench/sets', import.meta.url));

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { only: { type: 'string' }, articles: { type: 'string', default: '100000' } },
  });
  const articles = Number(values.articles);
  if (positionals.length > 1 || !(articles >= 1000) || !['quality', 'speed', undefined].includes(values.only)) {
    console.error(usage);
    process.exitCode = 2;
    return;
  }
  if (values.only !== 'speed') {
    const sets = readSets(positionals[0] ? resolve(process.env.INIT_CWD ?? '.', positionals[0]) : ownSets);
    reportQuality(sets);
    reportSilence(sets);
    reportFloors(sets);
  }
  if (values.only !== 'quality') await reportSpeed(articles);
}

await main();
