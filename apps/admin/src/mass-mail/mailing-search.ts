/** The steps of writing a mailing, in their order. */
export const STEPS = ['recipients', 'message', 'check', 'send'] as const;
export type Step = (typeof STEPS)[number];

/** The open step, from the address. */
export function readMailingSearch(search: Record<string, unknown>): { step?: Step | undefined } {
  return { step: STEPS.find((step) => step === search.step) };
}
