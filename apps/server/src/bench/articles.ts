import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApiToken } from '../accounts/api-tokens.ts';
import { type App, startApp } from '../app.ts';
import { loadConfig } from '../platform/config.ts';
import { makeContext } from '../platform/context.ts';

/** Measures a knowledge base through the API: loading it, filling the index, asking, and how long the event loop is held. */
const ARTICLES = Number(process.argv[2] ?? 100_000);
const A_BATCH = 500;
const QUESTIONS = 400;
const WORDS = 30_000;

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Numbers that look random and are the same in every run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const random = seeded(7);
const SYLLABLES = 'ba ce di fo gu ha je ki lo mu na pe qui ro su ta ve wi xo zu'.split(' ');
const vocabulary = Array.from({ length: WORDS }, () =>
  Array.from({ length: 2 + Math.floor(random() * 3) }, () => SYLLABLES[Math.floor(random() * SYLLABLES.length)]).join(
    '',
  ),
);
/** A few words are frequent and most are rare, as in any language. */
const word = () => vocabulary[Math.floor(WORDS * random() ** 3)]!;
const words = (count: number) => Array.from({ length: count }, word).join(' ');

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'support-center-bench-'));
  const config = loadConfig({ DATA_DIR: folder, PORT: '0', LOG_LEVEL: 'error' });
  let app = await startApp(config);
  try {
    const token = await makeToken(app);
    const { saveKnowledgeBase } = await post(
      app,
      token,
      'mutation { saveKnowledgeBase(input: { name: "Bench" }) { id } }',
    );
    const knowledgeBaseId = (saveKnowledgeBase as { id: string }).id;
    await load(app, token, knowledgeBaseId);
    await ready(app, token, 'the index was ready after the last batch');
    await app.stop();
    app = await startApp(config);
    await ready(app, token, 'after a restart the index was filled');
    await ask(app, token, knowledgeBaseId);
  } finally {
    await app.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function load(app: App, token: string, knowledgeBaseId: string): Promise<void> {
  const began = performance.now();
  for (let done = 0; done < ARTICLES; done += A_BATCH) {
    const articles = Array.from({ length: Math.min(A_BATCH, ARTICLES - done) }, (_, i) => ({
      externalId: `bench-${done + i}`,
      title: words(6),
      body: `${words(70)}.\n\n## ${words(3)}\n\n${words(77)}.`,
      language: 'en',
      published: true,
    }));
    await post(app, token, 'mutation ($input: ImportArticlesInput!) { importArticles(input: $input) { added } }', {
      input: { knowledgeBaseId, articles },
    });
  }
  const seconds = (performance.now() - began) / 1000;
  say(
    `${ARTICLES} articles through importArticles in ${seconds.toFixed(1)} s: ${Math.round(ARTICLES / seconds)} articles/s`,
  );
}

async function ready(app: App, token: string, what: string): Promise<void> {
  const began = performance.now();
  const held = watchLoop();
  for (;;) {
    const { suggestionIndex } = await post(app, token, '{ suggestionIndex { state articles } }');
    const { state, articles } = suggestionIndex as { state: string; articles: number };
    if (state === 'READY' && articles === ARTICLES) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  say(`${what} in ${((performance.now() - began) / 1000).toFixed(1)} s; ${held()}`);
}

/**
 * Looks how long the event loop is held: by the clock, and how much of that this thread was working. The rest is waiting for a
 * processor, which on a busy machine is most of it.
 */
function watchLoop(): () => string {
  const every = 5;
  const clock: number[] = [];
  const own: number[] = [];
  let [last, worked] = [performance.now(), workedMs()];
  const timer = setInterval(() => {
    const [now, work] = [performance.now(), workedMs()];
    clock.push(now - last - every);
    own.push(work - worked);
    [last, worked] = [now, work];
  }, every);
  return () => {
    clearInterval(timer);
    const at = (times: number[], share: number) =>
      (times.sort((a, b) => a - b)[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1);
    const work = Number.isNaN(worked) ? '' : `, by its own work ${at(own, 1)} ms at most and ${at(own, 0.99)} ms`;
    return `the event loop was held ${at(clock, 1)} ms at most and ${at(clock, 0.99)} ms in 99 of 100${work}`;
  };
}

/** Milliseconds this thread has spent on a processor, where the system tells it. */
function workedMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}

async function ask(app: App, token: string, knowledgeBaseId: string): Promise<void> {
  const query = `query ($base: ID!, $text: String!) { suggestArticles(knowledgeBaseId: $base, text: $text, first: 5) { score article { id title } } }`;
  const times: number[] = [];
  for (let i = 0; i < QUESTIONS; i++) {
    const began = performance.now();
    await post(app, token, query, { base: knowledgeBaseId, text: words(40) });
    times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.floor(times.length * share)]!.toFixed(1);
  say(`suggestArticles over HTTP at ${ARTICLES} articles: p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
  const { rss, heapTotal, heapUsed } = process.memoryUsage();
  const megabytes = (bytes: number) => Math.round(bytes / 1024 / 1024);
  say(
    `memory of the process: ${megabytes(rss)} MB with the index, its thread and this bench; of it the main thread's heap ${megabytes(heapTotal)} MB, ${megabytes(heapUsed)} MB in use`,
  );
}

async function makeToken(app: App): Promise<string> {
  const ctx = makeContext(app.services, { kind: 'agent', agentId: 'bench', sessionId: 'bench', role: 'ADMIN' });
  return (await createApiToken(ctx, { name: 'bench', scopes: ['kb:read', 'kb:write'] })).token;
}

async function post(app: App, token: string, query: string, variables: object = {}): Promise<Record<string, unknown>> {
  const answer = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = (await answer.json()) as { data?: Record<string, unknown>; errors?: { message: string }[] };
  if (!data || errors) throw new Error(errors?.[0]?.message ?? `HTTP ${answer.status}`);
  return data;
}

await main();
