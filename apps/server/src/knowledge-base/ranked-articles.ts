import { type Rescore, SuggestIndex } from '@support-center/suggest';
import type { RankingTask } from '../platform/ranking.ts';
import { articleText } from './article-html.ts';

/** Articles in memory, and the best of them for a letter. Bodies come as Markdown; `rescore` is an owner's own model. */
export class RankedArticles {
  private index = new SuggestIndex();
  private readonly rescore: Rescore | null;

  constructor(rescore: Rescore | null = null) {
    this.rescore = rescore;
  }

  /** Does one task; answers what `Ranking` promises for it. */
  async do(task: RankingTask): Promise<unknown> {
    switch (task.kind) {
      case 'change':
        if (task.reset) this.index = new SuggestIndex();
        for (const id of task.remove) this.index.remove(id);
        for (const article of task.put) this.index.add({ ...article, body: articleText(article.body) });
        return undefined;
      case 'suggest':
        return this.rescore ? this.index.suggestRescored(task.query, this.rescore) : this.index.suggest(task.query);
      case 'size':
        return this.index.size();
    }
  }
}
