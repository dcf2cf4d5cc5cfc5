import { withinFeedbackLimits } from './clean-ticket-text.ts';
import { type Gist, gistOf, isAlike, mostDismissals, weakening } from './dismissals.ts';
import { feedbackWords, fieldWords, type StoredDocument, type SuggestDocument, withinLimits } from './document.ts';
import { Examiner } from './examine.ts';
import { guessLanguage } from './language.ts';
import { Ranker } from './rank.ts';
import type { RankSettings } from './settings.ts';
import { baseLanguage } from './stemming.ts';
import { TextIndex } from './text-index.ts';
import { TextStore } from './text-store.ts';
import { tokenise } from './tokens.ts';

/** One knowledge base: its articles, their index, and the languages they are written in. */
export class BaseIndex {
  readonly index: TextIndex;
  readonly ranker: Ranker;
  readonly examiner: Examiner;
  readonly #byId = new Map<string, StoredDocument>();
  readonly #byNumber: (StoredDocument | undefined)[] = [];
  readonly #bodies = new TextStore();
  readonly #languages = new Map<string, number>();
  /** Article -> the letters it was found not useful for; only articles that have some. */
  readonly #dismissed = new Map<string, readonly Gist[]>();

  constructor(settings: RankSettings) {
    this.index = new TextIndex(settings);
    this.ranker = new Ranker(this.index, settings);
    this.examiner = new Examiner(this.index, settings);
  }

  get size(): number {
    return this.#byId.size;
  }

  add(article: SuggestDocument): void {
    const kept = withinLimits(article);
    const { id, language, title, restricted = false } = kept;
    const document = this.index.add(fieldWords(kept));
    const stored = { id, document, language, title, restricted };
    this.#bodies.put(document, kept.body);
    this.#byId.set(id, stored);
    this.#byNumber[document] = stored;
    this.#languages.set(language, (this.#languages.get(language) ?? 0) + 1);
    this.setDismissed(id, article.dismissed ?? []);
  }

  remove(id: string): void {
    const stored = this.#byId.get(id);
    if (!stored) return;
    this.index.remove(stored.document);
    this.#bodies.remove(stored.document);
    this.#byId.delete(id);
    this.#dismissed.delete(id);
    this.#byNumber[stored.document] = undefined;
    const left = (this.#languages.get(stored.language) ?? 1) - 1;
    if (left > 0) this.#languages.set(stored.language, left);
    else this.#languages.delete(stored.language);
  }

  setFeedback(id: string, texts: readonly string[]): void {
    const stored = this.#byId.get(id);
    if (!stored) return;
    this.index.replaceFeedback(stored.document, feedbackWords(withinFeedbackLimits(texts), stored.language));
  }

  setDismissed(id: string, texts: readonly string[]): void {
    const kept = withinFeedbackLimits(texts).slice(0, mostDismissals);
    const gists = kept.map((text) => gistOf(tokenise(text, this.languageFor(text, ''))));
    if (gists.length > 0) this.#dismissed.set(id, gists);
    else this.#dismissed.delete(id);
  }

  /** What remains of an article's score for a letter, after the dismissals for letters like it. */
  weakeningFor(id: string, letter: Gist): number {
    return weakening(this.#dismissed.get(id)?.filter((gist) => isAlike(gist, letter)).length ?? 0);
  }

  bodyOf(document: number): string {
    return this.#bodies.get(document);
  }

  articleOf(document: number): StoredDocument | undefined {
    return this.#byNumber[document];
  }

  /**
   * The language whose stemmer fits a letter: the one said or guessed if articles have it, else the one most articles
   * have, because only words stemmed alike can meet.
   */
  languageFor(text: string, said: string): string {
    const code = baseLanguage(said);
    if (this.#languages.has(code)) return code;
    const present = [...this.#languages].sort((a, b) => b[1] - a[1]).map(([language]) => language);
    if (present.length <= 1) return present[0] ?? code;
    return guessLanguage(text, present) || (present[0] ?? '');
  }
}
