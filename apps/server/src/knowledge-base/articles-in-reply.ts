import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { readSettings } from '../settings/read-settings.ts';
import { Article } from './article.entity.ts';
import { articleText } from './article-html.ts';
import { articlesFormerlyAt } from './former-addresses.ts';

const MOST_LINKS = 20;
const MOST_CHARACTERS = 200_000;
/** What a greeting, a closing and a signature may add to an article that is sent as it stands. */
const ADDED_WORDS = 80;

/**
 * The articles that a reply was made of: the one it was inserted from, and those whose public pages it links to; and of
 * each whether it stands there whole and unchanged. Of an article that is gone nothing is said.
 */
export async function articlesInReply(
  ctx: Context,
  reply: { readonly text: string; readonly html: string | null },
  insertedId: string | null,
): Promise<Map<string, { unchanged: boolean }>> {
  const { defaultKnowledgeBaseId } = await readSettings(ctx);
  const slugs = linkedSlugs(`${reply.text}\n${reply.html ?? ''}`, ctx.config.publicUrl);
  const found = [
    ...(insertedId ? await ctx.db.findBy(Article, { id: insertedId }) : []),
    ...(slugs.length > 0 && defaultKnowledgeBaseId ? await articlesAt(ctx, defaultKnowledgeBaseId, slugs) : []),
  ];
  const words = wordsOf(reply.text.slice(0, MOST_CHARACTERS));
  return new Map(
    found.map((article) => [article.id, { unchanged: holdsWhole(words, wordsOf(articleText(article.body))) }]),
  );
}

/** The articles at these addresses of a base, those included that have got another one since. */
async function articlesAt(ctx: Context, knowledgeBaseId: string, slugs: readonly string[]): Promise<Article[]> {
  const found = await ctx.db.findBy(Article, { knowledgeBaseId, slug: In([...slugs]) });
  const present = new Set(found.map(({ slug }) => slug));
  const left = slugs.filter((slug) => !present.has(slug));
  return [...found, ...(await articlesFormerlyAt(ctx, knowledgeBaseId, left)).values()];
}

/** The names behind links to public pages in a text, at most 20. Pure. */
export function linkedSlugs(text: string, publicUrl: string): string[] {
  const slugs = new Set<string>();
  const start = `${publicUrl}/kb/`;
  for (let at = text.indexOf(start); at >= 0 && slugs.size < MOST_LINKS; at = text.indexOf(start, at + 1)) {
    const written = /^[^\s"'<>()#?/]{1,400}/.exec(text.slice(at + start.length, at + start.length + 400))?.[0];
    if (written) slugs.add(decoded(written.replace(/[.,;:!\]]+$/, '')));
  }
  return [...slugs];
}

/** Whether all words of an article stand in a reply in their order, with little between and around them. Pure. */
export function holdsWhole(reply: readonly string[], article: readonly string[]): boolean {
  if (article.length === 0 || reply.length > article.length * 1.3 + ADDED_WORDS) return false;
  let met = 0;
  for (const word of reply) if (word === article[met]) met++;
  return met === article.length;
}

/** The words of a text in one spelling. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

function decoded(slug: string): string {
  try {
    return decodeURIComponent(slug);
  } catch {
    return slug;
  }
}
