export { cleanTicketText, mostFeedbackTexts, mostFeedbackWords, withinFeedbackLimits } from './clean-ticket-text.ts';
export { longestBody, longestKeyword, longestTitle, mostKeywords, type SuggestDocument } from './document.ts';
export type { Field } from './examine.ts';
export type { Explanation, MatchedTerm } from './explain.ts';
export { guessLanguage } from './language.ts';
export { letterWords, longestLetter, longestSubject } from './letter-text.ts';
export { defaultSettings, type RankSettings } from './settings.ts';
export {
  defaultFloor,
  mostResults,
  SuggestIndex,
  type SuggestQuery,
  type SuggestResult,
  weakening,
} from './suggest.ts';
