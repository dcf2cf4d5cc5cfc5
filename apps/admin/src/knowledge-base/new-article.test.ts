import { afterEach, expect, test } from 'vitest';
import { type ArticleValues, keepArticle } from './article-draft.ts';
import { beginArticle, readNewArticle, settleBegun } from './new-article.ts';

afterEach(() => localStorage.clear());

const keep = (id: string, part: object = {}) =>
  keepArticle(id, {
    values: { title: 'Typed', body: 'offline' } as ArticleValues,
    version: 0,
    changesVersion: null,
    knowledgeBaseId: 'kb1',
    sent: [],
    ...part,
  });

test('a begun article is blank, stands where it was begun, and has an id as the server makes them', () => {
  const id = beginArticle('kb1', 'c1', undefined);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(beginArticle('kb1', 'c1', id)).not.toBe(id);
  const second = beginArticle('kb1', 'c1', undefined);
  expect(readNewArticle(second)).toMatchObject({ version: 0, knowledgeBaseId: 'kb1', categoryId: 'c1', body: '' });
  expect(readNewArticle(second)!.slug).toMatch(/^untitled-article-[0-9a-f]{12}$/);
});

test('the server knows it from its first word on', () => {
  const id = beginArticle('kb1', null, undefined);
  settleBegun('another');
  expect(readNewArticle(id)).not.toBeNull();
  settleBegun(id);
  expect([readNewArticle(id), readNewArticle('art1')]).toEqual([null, null]);
});

test('words for a new article that never got to the server stand in the next one of that base', () => {
  keep('known', { version: 3 });
  keep('left');
  expect(beginArticle('kb2', null, undefined)).not.toBe('left');
  expect(beginArticle('kb1', null, 'left')).not.toBe('left');
  expect(beginArticle('kb1', null, undefined)).toBe('left');
  settleBegun('left');
  // Also by its address alone, as after the browser was closed.
  expect(readNewArticle('left')).toMatchObject({ id: 'left', version: 0, knowledgeBaseId: 'kb1' });
  expect(readNewArticle('known')).toBeNull();
});
