import { expect, test } from 'vitest';
import { RankedArticles } from './ranked-articles.ts';

const ARTICLE = {
  id: '1',
  base: 'b',
  language: 'en',
  title: 'Printer A',
  body: '**On** fire',
  keywords: [],
  feedback: [],
};
const put = [ARTICLE, { ...ARTICLE, id: '2', title: 'Printer B' }];
const query = { base: 'b', text: 'printer a', first: 5, floor: 0 };

test('Markdown is read as words, and everything can be forgotten at once', async () => {
  const articles = new RankedArticles();
  await articles.do({ kind: 'change', reset: false, put, remove: [] });
  expect(await articles.do({ kind: 'suggest', query })).toMatchObject([{ id: '1', excerpt: 'On fire' }, { id: '2' }]);
  await articles.do({ kind: 'change', reset: true, put: [], remove: [] });
  expect(await articles.do({ kind: 'size' })).toBe(0);
});

test("an owner's own module orders what was found", async () => {
  const articles = new RankedArticles((_query, top) => top.map(({ title }) => (title === 'Printer B' ? 2 : 1)));
  await articles.do({ kind: 'change', reset: false, put, remove: [] });
  expect(await articles.do({ kind: 'suggest', query })).toMatchObject([{ id: '2' }, { id: '1' }]);
});
