import { useQuery } from '@apollo/client/react';
import { Drawer } from '@mantine/core';
import { explain } from '../apollo/errors.ts';
import { type ArticleFieldsFragment, ArticlePreviewDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { SafeHtml } from '../ui/SafeHtml.tsx';

interface PreviewDrawerProps {
  article: ArticleFieldsFragment;
  /** Something typed is not on the server yet. */
  isBehind: boolean;
  /** End users cannot read the base at all. */
  isHidden: boolean;
  onClose: () => void;
}

/** The article as an end user reads it, or would read it. */
export function PreviewDrawer({ article, isBehind, isHidden, onClose }: PreviewDrawerProps) {
  const { data, error, refetch } = useQuery(ArticlePreviewDocument, {
    variables: { id: article.id },
    fetchPolicy: 'network-only',
  });
  const shown = article.unpublishedChanges ?? article;
  const html = data?.article?.unpublishedChanges?.html ?? data?.article?.html;
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size="min(720px, 100%)"
      title="Preview as end user"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="form-stack">
        {data?.article?.unpublishedChanges && (
          <Notice>These changes are not published yet: end users still read the words from before.</Notice>
        )}
        {isBehind && <Notice tone="warn">This shows what is saved. Your last changes are not in it yet.</Notice>}
        {!article.url && (
          <Notice>
            {isHidden || article.staffOnly
              ? 'End users cannot see this article: it is for staff only.'
              : article.published
                ? 'End users cannot see this article: its base is not the Default KnowledgeBase.'
                : 'End users cannot see this article yet: it is a draft.'}
          </Notice>
        )}
        {article.url && (
          <a href={article.url} target="_blank" rel="noopener noreferrer">
            Open the public page
          </a>
        )}
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        )}
        {!data && !error && <SkeletonLines count={8} />}
        {html !== undefined && (
          <article className="preview" lang={shown.language}>
            <h1 dir="auto">{shown.title}</h1>
            {shown.summary && (
              <p className="preview__summary" dir="auto">
                {shown.summary}
              </p>
            )}
            <SafeHtml html={html} className="article-text" />
          </article>
        )}
      </div>
    </Drawer>
  );
}
