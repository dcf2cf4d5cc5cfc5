import { In } from 'typeorm';
import type { Context } from '../platform/context.ts';
import { Article } from './article.entity.ts';
import type { ImportedArticleInput } from './import.inputs.ts';
import { importArticles } from './import-articles.ts';

const SAMPLES: readonly (ImportedArticleInput & { externalId: string })[] = [
  {
    externalId: 'sample-password',
    title: 'I cannot sign in',
    summary: 'What to do when the password is not accepted.',
    keywords: ['password', 'login', 'locked out'],
    language: 'en',
    published: true,
    categoryPath: ['First steps'],
    body: 'Most often the password was changed on another device.\n\n## Set a new password\n\n1. Open the sign-in page and choose **Forgotten password**.\n2. Enter the address that you registered with.\n3. Follow the link in the mail that arrives within a few minutes.\n\n## No mail arrives\n\nLook into the spam folder. If nothing is there, write to us: we can tell which address is known.',
  },
  {
    externalId: 'sample-hours',
    title: 'When do you answer?',
    summary: 'Hours of the desk, and how to make an answer come sooner.',
    keywords: ['opening hours', 'response time', 'urgent'],
    language: 'en',
    published: true,
    categoryPath: ['First steps'],
    body: 'We read every letter on working days, and most of them are answered the same day.\n\n## So that it goes faster\n\n- Answer to our mail instead of writing a new one: then everything stays together.\n- Say what you did, what you expected and what happened instead.\n- Add a picture of the screen where there is something to see.',
  },
  {
    externalId: 'sample-invoice',
    title: 'Where do I find my invoice?',
    summary: 'Invoices, copies of them, and a wrong address on them.',
    keywords: ['bill', 'receipt', 'invoice copy'],
    language: 'en',
    published: false,
    categoryPath: ['Orders'],
    body: 'Each order is confirmed by a mail, and the invoice comes with it as a PDF.\n\n## I need a copy\n\nWrite to us with the number of the order.\n\n## The address is wrong\n\nTell us the right one **before** the invoice is paid; afterwards it can only be cancelled and written anew.',
  },
];

/** Adds three articles to look at, one of them a draft; those that are there already stay as they are. @throws AppError */
export async function addSampleArticles(ctx: Context, knowledgeBaseId: string): Promise<Article[]> {
  const known = await ctx.db.findBy(Article, {
    knowledgeBaseId,
    externalId: In(SAMPLES.map(({ externalId }) => externalId)),
  });
  const missing = SAMPLES.filter(({ externalId }) => !known.some((article) => article.externalId === externalId));
  if (missing.length > 0) await importArticles(ctx, { knowledgeBaseId, articles: [...missing] });
  const externalId = In(SAMPLES.map(({ externalId }) => externalId));
  return ctx.db.find(Article, { where: { knowledgeBaseId, externalId }, order: { id: 'ASC' } });
}
