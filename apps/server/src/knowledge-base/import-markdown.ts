import type { Context } from '../platform/context.ts';
import { AppError, invalidInput } from '../platform/errors.ts';
import { readMarkdown } from './front-matter.ts';
import type { ImportedArticleInput, ImportMarkdownInput, ImportResult } from './import.inputs.ts';
import { importArticles } from './import-articles.ts';
import { requireMayWriteArticles } from './knowledge-base.policy.ts';

const MOST_FILES = 100;

/**
 * Takes Markdown files into a base, each by itself; those with faults are named and passed over. A file of this product
 * changes the article that it was written from. @throws AppError NOT_FOUND, FORBIDDEN, INVALID_INPUT
 */
export async function importMarkdown(ctx: Context, input: ImportMarkdownInput): Promise<ImportResult> {
  requireMayWriteArticles(ctx.actor);
  if (input.files.length < 1 || input.files.length > MOST_FILES)
    throw invalidInput([{ path: 'files', message: `Send 1 to ${MOST_FILES} files at a time.` }]);
  const result: ImportResult = { added: 0, updated: 0, unchanged: 0, articleIds: [], problems: [] };
  for (const [index, { name, text }] of input.files.entries()) {
    try {
      const article = readFile(name, text);
      const one = await importArticles(ctx, { knowledgeBaseId: input.knowledgeBaseId, articles: [article] });
      for (const count of ['added', 'updated', 'unchanged'] as const) result[count] += one[count];
      result.articleIds.push(...one.articleIds);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'INVALID_INPUT') throw error;
      result.problems.push({ index, name: name.slice(0, 200), message: error.message });
    }
  }
  return result;
}

function readFile(name: string, text: string): ImportedArticleInput {
  try {
    return readMarkdown(name, text);
  } catch (error) {
    throw invalidInput([{ path: 'files', message: (error as Error).message }]);
  }
}
