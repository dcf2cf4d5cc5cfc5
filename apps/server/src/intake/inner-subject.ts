import type { Candidate, Thread } from './find-thread.ts';

/** What mail programs write outside where the real subject is protected inside. */
const STAND_INS = new Set([
  '',
  '...',
  '[...]',
  '…',
  'p≡p',
  'pep',
  'encrypted message',
  'encrypted email',
  'encrypted mail',
  'verschlüsselte nachricht',
  'message chiffré',
  'mensaje cifrado',
]);

/** Whether a subject only stands in for one that is protected inside the encryption. It tells nothing of the matter. */
export function isStandIn(subject: string): boolean {
  const bare = subject
    .toLowerCase()
    .replace(/^(?:\s*(?:re|aw|fwd?|wg)\s*:)+/, '')
    .trim();
  return STAND_INS.has(bare);
}

/** What two subjects of one letter found, as one: a ticket that both find counts once, with all that speaks for it. */
export function joinThreads(inner: Thread, outer: Thread): Thread {
  const others = new Map(outer.candidates.map((candidate) => [candidate.ticketId, candidate]));
  const joined: Candidate[] = inner.candidates.map((candidate) => {
    const other = others.get(candidate.ticketId);
    others.delete(candidate.ticketId);
    return other?.bySubject === 'tag' || candidate.bySubject === null
      ? { ...candidate, bySubject: other?.bySubject ?? candidate.bySubject }
      : candidate;
  });
  const deleted = [
    ...inner.deleted,
    ...outer.deleted.filter(({ number }) => !inner.deleted.some((d) => d.number === number)),
  ];
  return { ...inner, candidates: [...joined, ...others.values()], deleted };
}
