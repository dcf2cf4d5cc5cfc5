/** What is searched of a saved reply. */
interface Findable {
  name: string;
  excerpt: string;
}

const fold = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

/** How well a name fits: it begins so, one of its words does, or it holds it somewhere; least is best. */
function rankOf(name: string, sought: string): number {
  if (name.startsWith(sought)) return 0;
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(sought))) return 1;
  return name.includes(sought) ? 2 : 3;
}

/** The saved replies in which each typed word stands, in the name or how the words begin; fitting names come first. Accents and case do not count. */
export function findSavedReplies<T extends Findable>(replies: readonly T[], typed: string): readonly T[] {
  const sought = fold(typed.trim());
  if (sought === '') return replies;
  const words = sought.split(/\s+/u);
  return replies
    .map((reply) => ({ reply, name: fold(reply.name), all: fold(`${reply.name}\n${reply.excerpt}`) }))
    .filter(({ all }) => words.every((word) => all.includes(word)))
    .map(({ reply, name }) => ({ reply, rank: rankOf(name, sought) }))
    .sort((one, other) => one.rank - other.rank)
    .map(({ reply }) => reply);
}
