import { useQuery } from '@apollo/client/react';
import { IconFileText, IconLock, IconSearch } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { type ArticleLineFragment, ArticleListDocument, type BaseFieldsFragment } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatAge, formatCount, formatExact, plural } from '../ui/format.ts';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { useNow } from '../ui/use-now.ts';
import type { KnowledgeSearch } from './knowledge-search.ts';

const WINDOW = 50;
const SEARCH_AFTER_MS = 250;
const states = [
  { label: 'All', value: undefined },
  { label: 'Published', value: 'published' },
  { label: 'Drafts', value: 'draft' },
] as const;

interface ArticleListProps {
  base: BaseFieldsFragment;
  search: KnowledgeSearch;
  onSearch: (part: KnowledgeSearch) => void;
  /** Grows when the list is to be read again. */
  revision: number;
  samples: React.ReactNode;
}

/** "40 % taken"; nothing for an article that was never suggested. */
function acceptance({ shown, inserted }: ArticleLineFragment['suggestionStats']): string | null {
  return shown === 0 ? null : `${Math.round((inserted / shown) * 100)} % taken`;
}

function Line({ article, search }: { article: ArticleLineFragment; search: KnowledgeSearch }) {
  const now = useNow();
  return (
    <li>
      <Link
        to="/knowledge"
        search={{ ...search, article: article.id }}
        className="article-line"
        aria-current={search.article === article.id ? 'true' : undefined}
      >
        <span className="article-line__title" dir="auto">
          {article.title}
        </span>
        <span className="article-line__facts">
          <span className={`badge ${article.published ? 'badge--good' : 'badge--note'}`}>
            {article.published ? 'Published' : 'Draft'}
          </span>
          {article.unpublishedChanges && (
            <span className="badge badge--note" title={`Saved ${formatExact(article.unpublishedChanges.updatedAt)}`}>
              Changes<span className="visually-hidden"> not published yet</span>
            </span>
          )}
          {article.staffOnly && (
            <span className="badge">
              <IconLock size={12} aria-hidden="true" /> Staff
            </span>
          )}
          <span className="spacer" />
          <span title="Views of the public page">{plural(article.views, 'view')}</span>
          <span title="Inserted into a reply, of the times it was suggested">
            {acceptance(article.suggestionStats)}
          </span>
          <time dateTime={article.updatedAt} title={formatExact(article.updatedAt)}>
            {formatAge(article.updatedAt, now)}
          </time>
        </span>
      </Link>
    </li>
  );
}

function SearchBox({ search, onSearch }: Pick<ArticleListProps, 'search' | 'onSearch'>) {
  const [typed, setTyped] = useState(search.q ?? '');
  // biome-ignore lint/correctness/useExhaustiveDependencies: only typing starts a search
  useEffect(() => {
    if (typed.trim() === (search.q ?? '')) return;
    const timer = setTimeout(() => onSearch({ q: typed.trim() || undefined }), SEARCH_AFTER_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <label className="search-box">
      <IconSearch size={15} aria-hidden="true" />
      <input
        aria-label="Search articles"
        placeholder="Search articles"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
    </label>
  );
}

/** The articles of a base or category, the last changed first. */
export function ArticleList({ base, search, onSearch, revision, samples }: ArticleListProps) {
  const [clearings, setClearings] = useState(0);
  const filter = {
    ...(search.category === 'none' ? { uncategorised: true } : search.category ? { categoryId: search.category } : {}),
    ...(search.state ? { published: search.state === 'published' } : {}),
    ...(search.q ? { search: search.q } : {}),
  };
  const { data, previousData, error, refetch, fetchMore } = useQuery(ArticleListDocument, {
    variables: { knowledgeBaseId: base.id, filter, first: WINDOW, after: null },
    fetchPolicy: 'cache-and-network',
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: a number that grows asks for it
  useEffect(() => {
    if (revision > 0) refetch().catch(() => undefined);
  }, [revision]);
  const shown =
    data?.knowledgeBase ?? (previousData?.knowledgeBase?.id === base.id ? previousData.knowledgeBase : null);
  const list = shown?.articles;
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <section className="knowledge__list" aria-label="Articles" aria-busy={!data && !error}>
      <div className="knowledge__tools">
        <SearchBox key={`${base.id} ${clearings}`} search={search} onSearch={onSearch} />
        <fieldset className="state-choice">
          <legend className="visually-hidden">Show</legend>
          {states.map(({ label, value }) => (
            <button
              key={label}
              type="button"
              className="chip"
              aria-pressed={search.state === value}
              onClick={() => onSearch({ state: value })}
            >
              {label}
            </button>
          ))}
        </fieldset>
      </div>
      {error && (
        <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {explain(error).message}
        </Notice>
      )}
      {!list && !error && (
        <div className="knowledge__wait">
          <SkeletonLines count={10} />
        </div>
      )}
      {list?.nodes.length === 0 &&
        (isFiltered ? (
          <EmptyState title="No article matches">
            <Button
              onClick={() => {
                setClearings(clearings + 1);
                onSearch({ q: undefined, state: undefined, category: undefined });
              }}
            >
              Clear the filter
            </Button>
          </EmptyState>
        ) : (
          <EmptyState title="No article yet" icon={<IconFileText size={30} stroke={1.4} aria-hidden="true" />}>
            {samples}
          </EmptyState>
        ))}
      {list && list.nodes.length > 0 && (
        <>
          <ol className="article-lines">
            {list.nodes.map((article) => (
              <Line key={article.id} article={article} search={search} />
            ))}
          </ol>
          {list.pageInfo.hasNextPage && (
            <Button
              className="knowledge__more"
              onClick={() => void fetchMore({ variables: { after: list.pageInfo.endCursor } }).catch(() => undefined)}
            >
              {formatCount(list.totalCount - list.nodes.length)} more
            </Button>
          )}
        </>
      )}
    </section>
  );
}
