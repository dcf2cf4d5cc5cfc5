/** Every number that decides about an order of articles; the defaults are those that measured best over all sets. */
export interface RankSettings {
  /** BM25: how soon a repeated word stops counting. */
  readonly k1: number;
  /** BM25: how much a long field is held against an article, per field, 0 to 1. */
  readonly bTitle: number;
  readonly bBody: number;
  readonly bFeedback: number;
  readonly titleWeight: number;
  readonly bodyWeight: number;
  readonly feedbackWeight: number;
  /** How soon a word repeated in the letter stops counting. */
  readonly k3: number;
  /** A word of the subject counts as often as this. */
  readonly subjectWeight: number;
  readonly stopWeight: number;
  /** The letter's heaviest words that are looked up; the rest cannot change much. */
  readonly maxTerms: number;
  /** A word in a larger share of the articles than this is left out, once `keptTerms` rarer content words remain. */
  readonly commonShare: number;
  readonly keptTerms: number;
  /** Under this number of articles no word counts as common. */
  readonly commonFrom: number;
  /** An adjacent pair of the letter's words found side by side in an article adds this share of the pair's weight. */
  readonly pairWeight: number;
  /** Look-alikes of a content word: how many, from which likeness (Dice of trigrams), at which weight. */
  readonly neighbours: number;
  readonly neighbourDice: number;
  readonly neighbourWeight: number;
  /** Nearest words of a word that no article has: weight for one edit; two edits have half of it. */
  readonly misspeltWeight: number;
  /** "mask" for "facemask" and the other way: one word is the last part of the other; `frontWeight`: the first part. */
  readonly headWeight: number;
  readonly frontWeight: number;
  /** Words that say nearly the same, and how much of that holds in learnt texts, which have customers' own words. */
  readonly synonymWeight: number;
  readonly synonymInFeedback: number;
  /** Of several terms of a field that stand for one word the best counts whole, each other one by this share. */
  readonly restShare: number;
  /** Look-alikes are searched for the so many heaviest words, while fewer entries of trigram lists than this were read. */
  readonly alikeWords: number;
  readonly alikeBudget: number;
  /** Look-alikes are taken only while all lists to be read stay under this number of entries. */
  readonly postingBudget: number;
  /** Confidence: what a bare match of a word counts; the rest comes with points, full at `fullPoints` times its weight. */
  readonly bareMatch: number;
  readonly fullPoints: number;
  /** Confidence: what a word that nothing stands for counts against an article, as a share of its weight. */
  readonly unknownWeight: number;
  /**
   * Confidence: from so many points on the evidence is whole; with less, confidence falls in proportion. A base of fewer
   * articles than `evidenceBase`, where no word can be rare, asks for less.
   */
  readonly wholeEvidence: number;
  readonly evidenceBase: number;
  /** Confidence of a letter that has function words only ("how are you?"), as a share. */
  readonly onlyStopsShare: number;
  /** So many of the best are looked at closely, or as many as are asked for: pairs, what stands for what, confidence. */
  readonly examined: number;
}

export const defaultSettings: RankSettings = {
  k1: 1.2,
  bTitle: 0.5,
  bBody: 0.75,
  bFeedback: 0.5,
  titleWeight: 3,
  bodyWeight: 1,
  feedbackWeight: 2.7,
  k3: 8,
  subjectWeight: 2,
  stopWeight: 0.25,
  maxTerms: 32,
  commonShare: 0.1,
  keptTerms: 4,
  commonFrom: 2000,
  pairWeight: 0.15,
  neighbours: 6,
  neighbourDice: 0.4,
  neighbourWeight: 0.9,
  misspeltWeight: 0.45,
  headWeight: 0.5,
  frontWeight: 0.4,
  synonymWeight: 0.45,
  synonymInFeedback: 0.5,
  restShare: 0.3,
  alikeWords: 8,
  alikeBudget: 20_000,
  postingBudget: 300_000,
  bareMatch: 0.2,
  fullPoints: 8,
  unknownWeight: 0.2,
  wholeEvidence: 5,
  evidenceBase: 30,
  onlyStopsShare: 0.25,
  examined: 30,
};
