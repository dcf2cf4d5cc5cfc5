import { useQuery } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { explain } from '../apollo/errors.ts';
import { ArticleLinkProblemsDocument, type BaseFieldsFragment } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { plural } from '../ui/format.ts';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';

/** Every link of a base that leads nowhere, with the way to its article. */
export function LinkCheckDialog({ base, onClose }: { base: BaseFieldsFragment; onClose: () => void }) {
  const { data, error, refetch } = useQuery(ArticleLinkProblemsDocument, {
    variables: { knowledgeBaseId: base.id },
    fetchPolicy: 'no-cache',
  });
  const problems = data?.articleLinkProblems;
  return (
    <Modal
      opened
      onClose={onClose}
      size={680}
      title={`Links of ${base.name}`}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <div className="form-stack">
        {error && (
          <Notice tone="bad" action={<Button onClick={() => void refetch()}>Try again</Button>}>
            {explain(error).message}
          </Notice>
        )}
        {!problems && !error && <SkeletonLines count={4} />}
        {problems?.length === 0 && <Notice tone="good">Every link between the articles leads somewhere.</Notice>}
        {problems && problems.length > 0 && (
          <>
            <p>{plural(problems.length, 'link')} to look at</p>
            <ul className="link-problems">
              {problems.map(({ articleId, articleTitle, link, message }) => (
                <li key={`${articleId} ${link}`}>
                  <Link to="/knowledge" search={{ base: base.id, article: articleId }} onClick={onClose}>
                    {articleTitle}
                  </Link>
                  <span>
                    <code className="mono">{link}</code> <span className="second">{message}</span>
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
      </div>
    </Modal>
  );
}
