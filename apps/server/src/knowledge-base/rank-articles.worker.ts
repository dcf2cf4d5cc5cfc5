import { parentPort, workerData } from 'node:worker_threads';
import type { Rescore } from '@support-center/suggest';
import type { RankingTask } from '../platform/ranking.ts';
import { RankedArticles } from './ranked-articles.ts';

/** The thread that holds the index of articles: tasks in, answers out, one after the other. */
const { rescoreModule } = workerData as { rescoreModule?: string | null };
const rescore = rescoreModule ? ((await import(rescoreModule)) as { default: Rescore }).default : null;
const articles = new RankedArticles(rescore);

parentPort!.on('message', ({ id, task }: { id: number; task: RankingTask }) => {
  articles.do(task).then(
    (result) => parentPort!.postMessage({ id, result }),
    (error: Error) => parentPort!.postMessage({ id, error: error.message }),
  );
});
