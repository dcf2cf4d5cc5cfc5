/** How good a ranking is, averaged over questions; each 0 to 1. */
export interface Quality {
  readonly ndcg10: number;
  readonly recall5: number;
  readonly mrr10: number;
  readonly questions: number;
}

/** One ranking (article ids, best first) and the articles that are right. */
export interface Judged {
  readonly ranking: readonly string[];
  readonly right: ReadonlySet<string>;
}

function discounted(places: readonly number[]): number {
  return places.reduce((sum, place) => sum + 1 / Math.log2(place + 2), 0);
}

function ndcg10({ ranking, right }: Judged): number {
  const found = ranking.slice(0, 10).flatMap((id, place) => (right.has(id) ? [place] : []));
  const ideal = Array.from({ length: Math.min(10, right.size) }, (_, place) => place);
  return discounted(found) / discounted(ideal);
}

function recall5({ ranking, right }: Judged): number {
  return ranking.slice(0, 5).filter((id) => right.has(id)).length / Math.min(5, right.size);
}

function mrr10({ ranking, right }: Judged): number {
  const place = ranking.slice(0, 10).findIndex((id) => right.has(id));
  return place < 0 ? 0 : 1 / (place + 1);
}

/** Averages over all judged rankings; questions without a right article must not be among them. */
export function qualityOf(judged: readonly Judged[]): Quality {
  const mean = (of: (one: Judged) => number) =>
    judged.reduce((sum, one) => sum + of(one), 0) / Math.max(1, judged.length);
  return { ndcg10: mean(ndcg10), recall5: mean(recall5), mrr10: mean(mrr10), questions: judged.length };
}
