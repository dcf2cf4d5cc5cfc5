/** The longest name of an article in addresses. */
export const LONGEST_SLUG = 120;
const FROM_TITLE = 80;

/** An address out of a title: its letters and digits in any script, without accents, joined by hyphens; "article" for none. */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-');
  return (
    [...words]
      .slice(0, FROM_TITLE)
      .join('')
      .replace(/^-+|-+$/g, '') || 'article'
  );
}

/** An address of its own for the article with this id, where the plain one is taken. */
export function slugWithId(slug: string, id: string): string {
  const ending = `-${id.slice(-8)}`;
  let kept = '';
  for (const sign of slug) {
    if (kept.length + sign.length + ending.length > LONGEST_SLUG) break;
    kept += sign;
  }
  return kept.replace(/-+$/, '') + ending;
}

/** Whether an article may be called so in addresses: letters and digits of any script with single hyphens between. */
export function isSlug(text: string): boolean {
  return text.length <= LONGEST_SLUG && /^[\p{L}\p{M}\p{N}]+(?:-[\p{L}\p{M}\p{N}]+)*$/u.test(text);
}
