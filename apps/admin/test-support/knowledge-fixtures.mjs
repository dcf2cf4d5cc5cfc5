// Invented knowledge bases, suggestions and figures for the mock server.
const iso = (minutesAgo) => new Date(Date.now() - minutesAgo * 60_000).toISOString();
const windowOf = (list, { first = 50, after } = {}) => {
  const from = after ? Number(after) : 0;
  const nodes = list.slice(from, from + first);
  return {
    nodes,
    pageInfo: { endCursor: String(from + nodes.length), hasNextPage: from + nodes.length < list.length },
    totalCount: list.length,
  };
};

const titles = [
  ['502 Bad Gateway after maintenance', 'c2', true, [240, 96, 61, 8]],
  ['How to read the status page', 'c2', true, [180, 33, 20, 14]],
  ['Credit for downtime', 'c1', true, [96, 41, 12, 3]],
  ['Reset a password that mail does not reach', 'c3', true, [412, 201, 160, 9]],
  ['Move a mailbox to another server', 'c4', false, [0, 0, 0, 0]],
  ['Two-factor codes are refused', 'c3', true, [77, 12, 4, 22]],
  ['Invoices: change the address', 'c1', true, [58, 30, 22, 1]],
  ['Untitled article', null, false, [0, 0, 0, 0]],
];
const body =
  '## Before you start\n\nTell the customer that **orders are kept** and sent later.\n\n1. Restart the upstream pool.\n2. Check that both nodes answer on their own port:\n   - `curl -I http://node-1:8080`\n   - `curl -I http://node-2:8080`\n3. Switch the balancer back.\n\n> If one node stays silent, see [the guide to nodes](nodes-that-stay-silent#logs).\n';
const stats = ([shown, inserted, sentUnchanged, dismissed]) => ({ shown, inserted, sentUnchanged, dismissed });
const changesOf = (part) => ({
  version: 'c1',
  articleVersion: 3,
  summary: 'What to do when the shops answer 502 after the nightly maintenance.',
  keywords: ['gateway', 'outage', 'maintenance'],
  language: 'en',
  staffOnly: false,
  updatedAt: iso(12),
  updatedBy: null,
  linkProblems: [],
  html: '<p>Restart the upstream pool, and tell everybody.</p>',
  ...part,
});
const articles = titles.map(([title, categoryId, published, figures], at) => ({
  id: `k${at + 1}`,
  knowledgeBaseId: 'kb1',
  categoryId,
  title,
  slug: title.toLowerCase().replace(/\W+/g, '-'),
  summary: 'What to do when the shops answer 502 after the nightly maintenance.',
  body,
  html: '<h2 id="before">Before you start</h2><p>Tell the customer that <strong>orders are kept</strong> and sent later.</p><ol><li>Restart the upstream pool.</li><li>Check that both nodes answer.</li></ol>',
  text: 'Restart the upstream pool.',
  keywords: ['gateway', 'outage', 'maintenance'],
  language: 'en',
  published,
  staffOnly: at === 5,
  url: published && at !== 5 ? `http://localhost:4000/kb/${title.toLowerCase().replace(/\W+/g, '-')}` : null,
  version: 3,
  createdAt: iso(90_000),
  updatedAt: iso(30 + at * 900),
  updatedBy: null,
  views: published ? 1200 - at * 140 : 0,
  helpful: published ? 61 - at * 5 : 0,
  notHelpful: published ? 4 : 0,
  suggestionStats: stats(figures),
  learntCount: published ? 12 : 0,
  linkProblems:
    at === 0
      ? [
          {
            articleId: 'k1',
            articleTitle: title,
            link: 'nodes-that-stay-silent#logs',
            message: 'There is no article with this address.',
          },
        ]
      : [],
  unpublishedChanges: at === 2 ? changesOf({ title, categoryId, body: `${body}\n4. Tell everybody.\n` }) : null,
  versions: (args) =>
    windowOf(
      [2, 1].map((number) => ({
        id: `v${number}`,
        number,
        unpublished: number === 2,
        title,
        summary: 'What to do when shops answer 502.',
        body: body.replace('3. Switch the balancer back.\n', '').replace('orders are kept', 'no order is lost'),
        keywords: ['gateway', 'outage'],
        createdAt: iso(4000 * (3 - number)),
        author: { id: 'a1', name: 'Dana Whitfield', email: 'dana@example.com', role: 'ADMIN' },
      })),
      args,
    ),
}));
const category = (id, parentId, name, position, articleCount) => ({
  id,
  knowledgeBaseId: 'kb1',
  parentId,
  name,
  position,
  articleCount,
});

function makeBase(id, name, own, categories, usedAs, staffOnly) {
  return {
    id,
    name,
    description: 'Answers to what people ask most.',
    staffOnly,
    createdAt: iso(99_000),
    categories,
    articleCount: own.length,
    draftCount: own.filter(({ published }) => !published).length,
    usedAs,
    articles: ({ filter = {}, ...args }) =>
      windowOf(
        own.filter(
          (article) =>
            (!filter?.categoryId || article.categoryId === filter.categoryId) &&
            (!filter?.uncategorised || !article.categoryId) &&
            (filter?.published === undefined || article.published === filter.published) &&
            (!filter?.search || article.title.toLowerCase().includes(filter.search.toLowerCase())),
        ),
        args,
      ),
  };
}

/** The bases of the desk. */
export const knowledgeBases = [
  makeBase(
    'kb1',
    'Help for customers',
    articles,
    [
      category('c1', null, 'Billing', 0, 2),
      category('c5', null, 'Operations', 1, 3),
      category('c2', 'c5', 'Outages', 0, 2),
      category('c4', 'c5', 'Moving', 1, 1),
      category('c3', null, 'Accounts and passwords', 2, 2),
    ],
    ['Default KnowledgeBase', 'Default Support KnowledgeBase'],
    false,
  ),
  makeBase('kb2', 'Only for staff', [], [], [], true),
];

const excerpts = [
  [
    'Restart the upstream pool, then check that both nodes answer 502 no more on their own port.',
    ['restart', '502'],
    0.92,
  ],
  ['Our status page shows every incident with its start and its end.', ['page'], 0.74],
  [
    'Customers with a service level agreement receive credit for the time their shops were down.',
    ['shops', 'down'],
    0.58,
  ],
];
const marksIn = (text, words) =>
  words
    .map((word) => ({ start: text.toLowerCase().indexOf(word), end: text.toLowerCase().indexOf(word) + word.length }))
    .filter(({ start }) => start >= 0);
/** What may answer the ticket. */
export const suggestions = excerpts.map(([excerpt, words, score], at) => ({
  article: articles[at],
  score,
  excerpt,
  matchedTerms: words,
  dismissed: false,
  marks: marksIn(excerpt, words),
  titleMarks: marksIn(articles[at].title, words),
  matches: words.map((term, place) => ({
    term,
    share: place === 0 ? 0.61 : 0.24,
    field: place === 0 ? 'title' : 'body',
  })),
}));

const days = Array.from({ length: 30 }, (_, at) => ({
  day: iso((29 - at) * 1440).slice(0, 10),
  shown: 30 + ((at * 7) % 23),
  inserted: 12 + ((at * 5) % 11),
  sentUnchanged: 5 + ((at * 3) % 7),
  dismissed: (at * 2) % 5,
  withoutArticle: 6 + ((at * 11) % 9),
}));
const sum = (key) => days.reduce((total, day) => total + day[key], 0);
const report = {
  from: iso(30 * 1440),
  to: iso(0),
  totals: stats([sum('shown'), sum('inserted'), sum('sentUnchanged'), sum('dismissed')]),
  days,
  articles: articles
    .filter(({ suggestionStats }) => suggestionStats.shown > 0)
    .map((article) => ({ article, stats: article.suggestionStats })),
  gaps: [
    {
      subject: 'Invoice shows the wrong VAT rate',
      count: 14,
      ticketNumbers: [48_188, 48_120, 48_003],
      lastAt: iso(60),
    },
    { subject: '=HYPERLINK("http://evil.example")', count: 9, ticketNumbers: [48_101], lastAt: iso(600) },
    { subject: 'Export to the tax office', count: 6, ticketNumbers: [47_990, 47_988], lastAt: iso(6000) },
  ],
};

/** The part of the API that this file stands for. */
export const knowledgeRoot = {
  knowledgeBases: () => knowledgeBases,
  knowledgeBase: ({ id }) => knowledgeBases.find((base) => base.id === id) ?? null,
  article: ({ id }) => articles.find((article) => article.id === id) ?? null,
  articleLinkProblems: () => articles.flatMap(({ linkProblems }) => linkProblems),
  suggestionIndex: () => ({ state: 'READY', articles: articles.length }),
  suggestionReport: () => report,
  saveArticle: ({ input }) => {
    const found = articles.find(({ id }) => id === input.id);
    const { version: _, ...values } = input;
    if (found) return Object.assign(found, values, { version: found.version + 1, updatedAt: iso(0) });
    articles.unshift({
      ...articles.at(-1),
      ...values,
      id: input.id ?? `n${articles.length}`,
      version: 1,
      updatedAt: iso(0),
    });
    return articles[0];
  },
  saveUnpublishedChanges: ({ input: { articleId, version: _, ...values } }) => {
    const found = articles.find(({ id }) => id === articleId);
    const version = `c${Number(found.unpublishedChanges?.version.slice(1) ?? 0) + 1}`;
    return Object.assign(found, { unpublishedChanges: changesOf({ ...values, version, updatedAt: iso(0) }) });
  },
  publishUnpublishedChanges: ({ input: { articleId } }) => {
    const found = articles.find(({ id }) => id === articleId);
    const { title, summary, body, keywords, language, staffOnly, categoryId } = found.unpublishedChanges;
    const words = { title, summary, body, keywords, language, staffOnly, categoryId, updatedAt: iso(0) };
    return Object.assign(found, words, { version: found.version + 1, unpublishedChanges: null });
  },
  discardUnpublishedChanges: ({ input: { articleId } }) =>
    Object.assign(
      articles.find(({ id }) => id === articleId),
      { unpublishedChanges: null },
    ),
  rateSuggestion: () => true,
  noteSuggestionInserted: () => true,
};
