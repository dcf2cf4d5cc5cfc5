import type { SuggestDocument } from '@support-center/suggest';
import { In, LessThan, type SelectQueryBuilder } from 'typeorm';
import { type Context, type Services, systemContext } from '../platform/context.ts';
import { transact } from '../platform/database.ts';
import { Article } from './article.entity.ts';
import { ArticleFeedback } from './article-feedback.entity.ts';
import { ArticleRemoval } from './article-removal.entity.ts';
import { lastIndexVersion } from './next-index-version.ts';

const READ_AT_ONCE = 100;
/** Small enough that a question that comes meanwhile waits for some milliseconds only. */
const GIVEN_AT_ONCE = 20;
const FOLLOW_MS = 2_000;
const COMPARE_MS = 10 * 60_000;
const KEEP_REMOVALS_MS = 7 * 24 * 3_600_000;

/** Keeps the ranking of one process in step with the database. */
export interface ArticleFollower {
  /** Takes in everything, newest first, and what changes meanwhile; resolves when all is in. */
  fill(): Promise<void>;
  /** Takes in what has changed since. */
  follow(): Promise<void>;
  /** Compares the counts and fills again where they differ. Returns whether they agreed. */
  compare(): Promise<boolean>;
}

/** A follower that does one step at a time; `isStopped` ends a long one early. */
export function makeFollower(services: Services, isStopped: () => boolean = () => false): ArticleFollower {
  const { ranking } = services;
  const ctx = systemContext(services);
  let known = 0;
  let lossesKnown = ranking.losses;

  async function fill(): Promise<void> {
    ranking.isReady = false;
    lossesKnown = ranking.losses;
    known = await lastIndexVersion(ctx);
    await ranking.change({ reset: true });
    for (let before = known + 1; !isStopped(); ) {
      const rows = await articles(ctx)
        .where('a.published = :yes AND a.indexVersion < :before', { yes: true, before })
        .orderBy('a.indexVersion', 'DESC')
        .limit(READ_AT_ONCE)
        .getMany();
      await take(rows);
      await followOnce();
      const last = rows.at(-1);
      if (last === undefined || rows.length < READ_AT_ONCE) break;
      before = last.indexVersion;
    }
    ranking.isReady = !isStopped() && lossesKnown === ranking.losses;
  }

  /** Numbers become visible in their order, so everything up to the newest visible one can be read now. */
  async function followOnce(): Promise<void> {
    const newest = await lastIndexVersion(ctx);
    for (let after = known; after < newest && !isStopped(); ) {
      const rows = await articles(ctx)
        .where('a.indexVersion > :after AND a.indexVersion <= :newest', { after, newest })
        .orderBy('a.indexVersion', 'ASC')
        .limit(READ_AT_ONCE)
        .getMany();
      await take(rows);
      after = rows.length < READ_AT_ONCE ? newest : rows.at(-1)!.indexVersion;
    }
    for (let after = { version: known, id: '\uffff' }; known < newest && !isStopped(); ) {
      const rows = await ctx.db
        .createQueryBuilder(ArticleRemoval, 'r')
        .where('(r.indexVersion > :version OR (r.indexVersion = :version AND r.articleId > :id))', after)
        .andWhere('r.indexVersion <= :newest', { newest })
        .orderBy('r.indexVersion')
        .addOrderBy('r.articleId')
        .limit(READ_AT_ONCE)
        .getMany();
      await ranking.change({ remove: rows.map(({ articleId }) => articleId) });
      if (rows.length < READ_AT_ONCE) break;
      after = { version: rows.at(-1)!.indexVersion, id: rows.at(-1)!.articleId };
    }
    known = Math.max(known, newest);
  }

  async function take(rows: readonly Article[]): Promise<void> {
    const learnt = await learntTexts(
      ctx,
      rows.filter(({ published }) => published).map(({ id }) => id),
    );
    for (let i = 0; i < rows.length && !isStopped(); i += GIVEN_AT_ONCE) {
      const slice = rows.slice(i, i + GIVEN_AT_ONCE);
      const put = slice.filter(({ published }) => published).map((row) => toDocument(row, learnt.get(row.id)));
      const remove = slice.filter(({ published }) => !published).map(({ id }) => id);
      await ranking.change({ put, remove });
    }
  }

  return {
    fill,
    async follow() {
      if (lossesKnown === ranking.losses) await followOnce();
      else await fill();
    },
    async compare() {
      await followOnce();
      const before = known;
      const stored = await ctx.db.countBy(Article, { published: true });
      const held = await ranking.size();
      // A change in between makes the counts incomparable; the next turn looks again.
      if (stored === held || (await lastIndexVersion(ctx)) !== before) return true;
      services.log.warn({ stored, held }, 'the index of articles was out of step; it is filled again');
      await fill();
      return false;
    },
  };
}

/** The loop of one process that fills its ranking at the start and follows every two seconds, or at once when woken. */
export function startFollowing(services: Services): { wake(): void; stop(): Promise<void> } {
  let stopped = false;
  let woken = false;
  let sleeper: (() => void) | null = null;
  const follower = makeFollower(services, () => stopped);

  async function loop(): Promise<void> {
    let step: 'fill' | 'follow' = 'fill';
    let compareAt = performance.now() + COMPARE_MS;
    while (!stopped) {
      woken = false;
      try {
        await follower[step]();
        step = 'follow';
        if (performance.now() >= compareAt) {
          compareAt = performance.now() + COMPARE_MS;
          await follower.compare();
        }
      } catch (err) {
        if (!stopped) services.log.error({ err }, 'following the articles failed; trying again');
      }
      if (woken || stopped) continue;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, FOLLOW_MS);
        sleeper = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const looping = loop();
  return {
    wake() {
      woken = true;
      sleeper?.();
    },
    async stop() {
      stopped = true;
      sleeper?.();
      await services.ranking.close();
      await looping;
    },
  };
}

/** Forgets removals that every process has long followed; one that was away longer finds them by the counts. */
export async function sweepRemovals(ctx: Context): Promise<void> {
  const removedAt = LessThan(new Date(ctx.clock.now().getTime() - KEEP_REMOVALS_MS));
  await transact(ctx, (ctx) => ctx.db.delete(ArticleRemoval, { removedAt }));
}

function articles(ctx: Context): SelectQueryBuilder<Article> {
  return ctx.db
    .createQueryBuilder(Article, 'a')
    .select(
      [
        'id',
        'knowledgeBaseId',
        'title',
        'summary',
        'body',
        'keywords',
        'language',
        'published',
        'staffOnly',
        'indexVersion',
      ].map((name) => `a.${name}`),
    );
}

interface Learnt {
  readonly feedback: string[];
  readonly dismissed: string[];
}

/** What tickets have taught about articles, newest first. */
async function learntTexts(ctx: Context, ids: readonly string[]): Promise<Map<string, Learnt>> {
  const learnt = new Map<string, Learnt>();
  if (ids.length === 0) return learnt;
  const rows = await ctx.db.find(ArticleFeedback, { where: { articleId: In([...ids]) }, order: { id: 'DESC' } });
  for (const { articleId, kind, text } of rows) {
    const texts = learnt.get(articleId) ?? { feedback: [], dismissed: [] };
    (kind === 'ANSWERED' ? texts.feedback : texts.dismissed).push(text);
    learnt.set(articleId, texts);
  }
  return learnt;
}

function toDocument(article: Article, learnt: Learnt = { feedback: [], dismissed: [] }): SuggestDocument {
  const { id, knowledgeBaseId, language, title, keywords, summary, body, staffOnly } = article;
  return {
    id,
    base: knowledgeBaseId,
    language,
    title,
    keywords,
    body: `${summary}\n\n${body}`,
    restricted: staffOnly,
    ...learnt,
  };
}
