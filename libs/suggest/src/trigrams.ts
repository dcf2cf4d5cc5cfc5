/** Buckets for trigrams: a power of two. Two trigrams may share one; likeness is always computed on the words. */
const buckets = 1 << 16;

/** The different trigrams of a word with a border sign before and after, as bucket numbers. */
export function trigramBuckets(word: string): number[] {
  const found: number[] = [];
  let a = 2;
  let b = word.charCodeAt(0);
  for (let at = 1; at <= word.length; at++) {
    const c = at < word.length ? word.charCodeAt(at) : 3;
    const hash = Math.imul(Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b) ^ c, 0xc2b2ae35);
    const bucket = (hash ^ (hash >>> 15)) & (buckets - 1);
    if (!found.includes(bucket)) found.push(bucket);
    a = b;
    b = c;
  }
  return found;
}
