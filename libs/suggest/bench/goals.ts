/** What the engine is to reach, nDCG@10: by set, or by family of sets (their mean), and by past texts an article learnt from. */
const ndcg10: Readonly<Record<string, number>> = {
  'covidqa-en': 0.83,
  'covidqa-de': 0.43,
  'xquad-en': 0.955,
  'xquad-de': 0.945,
  'xquad-es': 0.96,
  'xquad-ru': 0.945,
  'xquad-tr': 0.945,
  'xquad-ar': 0.925,
  'xquad-zh': 0.965,
  'banking77 past=0': 0.63,
  'banking77 past=3': 0.77,
  'banking77 past=10': 0.84,
  'banking77 past=all': 0.9,
  'mean hint3 past=0': 0.42,
  'mean hint3 past=1': 0.53,
  'mean hint3 past=3': 0.68,
  'mean hint3 past=all': 0.83,
};

/** The goal for a row of the quality table; undefined where none was set. */
export function qualityGoal(row: string): number | undefined {
  return ndcg10[row];
}

/** Of the answerable questions so many keep a suggestion, of the unanswerable so many stay silent. */
export const silenceGoals = { answerable: 0.9, unanswerable: 0.5 } as const;

/** At 100,000 articles on one free core: upper limits in the unit of the row. */
export const speedGoals: Readonly<Record<string, number>> = {
  queryP50: 4,
  queryP99: 12,
  buildCpu: 45_000,
  memoryHeld: 400,
  memoryResident: 400,
  addP99: 3,
  removeP99: 3,
  updateP99: 3,
};
