import { useMutation, useQuery } from '@apollo/client/react';
import { Drawer } from '@mantine/core';
import { useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  type ArticleFieldsFragment,
  ArticleVersionsDocument,
  type ArticleVersionsQuery,
  RestoreArticleVersionDocument,
} from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatMoment } from '../ui/format.ts';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import { useNow } from '../ui/use-now.ts';
import type { ArticleValues } from './article-draft.ts';
import { DifferenceTable } from './DifferenceTable.tsx';

type Version = NonNullable<ArticleVersionsQuery['article']>['versions']['nodes'][number];

interface VersionsDrawerProps {
  article: ArticleFieldsFragment;
  values: ArticleValues;
  onRestored: (article: ArticleFieldsFragment) => void;
  onClose: () => void;
}

/** Title, summary and keywords stand above the body, so that one comparison shows every change. */
const wholeText = ({
  title,
  summary,
  keywords,
  body,
}: Pick<ArticleValues, 'title' | 'summary' | 'keywords' | 'body'>) =>
  [title, summary && `Summary: ${summary}`, keywords.length > 0 && `Keywords: ${keywords.join(', ')}`, '', body]
    .filter((line) => typeof line === 'string')
    .join('\n');

/** The earlier states of an article, each beside what it says now, with the way back. */
export function VersionsDrawer({ article, values, onRestored, onClose }: VersionsDrawerProps) {
  const now = useNow();
  const { data, error, refetch, fetchMore } = useQuery(ArticleVersionsDocument, {
    variables: { id: article.id, after: null },
    fetchPolicy: 'network-only',
  });
  const [chosenId, setChosenId] = useState<string | null>(null);
  const [restore, { loading, error: refusal }] = useMutation(RestoreArticleVersionDocument);
  const list = data?.article?.versions;
  const chosen = list?.nodes.find(({ id }) => id === chosenId) ?? list?.nodes[0];
  const onRestore = async (version: Version) => {
    const input = { articleId: article.id, versionId: version.id, version: article.version };
    const { data: done } = await restore({ variables: { input } }).catch(() => ({ data: undefined }));
    if (done) onRestored(done.restoreArticleVersion);
  };
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(980px, 100%)"
      title="Versions"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {error && (
        <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
          {explain(error).message}
        </Notice>
      )}
      {refusal && <Notice tone="bad">{explain(refusal).message} Nothing was changed.</Notice>}
      {!list && !error && <SkeletonLines count={6} />}
      {list?.nodes.length === 0 && (
        <EmptyState title="No earlier version yet">
          <p>Each sitting that changes the words leaves one here.</p>
        </EmptyState>
      )}
      {list && chosen && (
        <div className="versions">
          <div>
            <ol className="versions__list" aria-label="Earlier states">
              {list.nodes.map((version) => (
                <li key={version.id}>
                  <button
                    type="button"
                    className="versions__choice"
                    aria-pressed={version.id === chosen.id}
                    onClick={() => setChosenId(version.id)}
                  >
                    <strong>{formatMoment(version.createdAt, now)}</strong>
                    <span className="second">
                      {version.author?.name ?? 'A program'}
                      {version.unpublished && ' · not published'}
                    </span>
                  </button>
                </li>
              ))}
            </ol>
            {list.pageInfo.hasNextPage && (
              <Button
                size="small"
                onClick={() => void fetchMore({ variables: { after: list.pageInfo.endCursor } }).catch(() => undefined)}
              >
                Older ones
              </Button>
            )}
          </div>
          <div className="form-stack versions__difference">
            <div className="form-actions">
              <span className="second">
                What stands in red would come back; what stands in green would go.
                {article.published && ' The public page changes at once.'}
                {article.unpublishedChanges && ' The unpublished changes become a version.'}
              </span>
              <span className="spacer" />
              <Button look="primary" isBusy={loading} onClick={() => void onRestore(chosen)}>
                Restore
              </Button>
            </div>
            <DifferenceTable
              before={wholeText(chosen)}
              after={wholeText(values)}
              beforeLabel={formatMoment(chosen.createdAt, now)}
              afterLabel="Now"
            />
          </div>
        </div>
      )}
    </Drawer>
  );
}
