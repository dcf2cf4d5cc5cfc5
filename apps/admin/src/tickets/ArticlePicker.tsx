import { useQuery } from '@apollo/client/react';
import { Modal, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useDeferredValue, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import { FindArticlesDocument } from '../gql/graphql.ts';
import { EmptyState, Notice, SkeletonLines } from '../ui/Notice.tsx';
import type { Insertion } from './use-reply-draft.ts';
import '../ui/mantine-forms.css';

const SUPPORT_USE = 'Default Support KnowledgeBase';

interface ArticlePickerProps {
  onChoose: (article: Insertion) => void;
  onClose: () => void;
}

/** Finds an article of the base that answers are suggested from, and puts it into the words. */
export function ArticlePicker({ onChoose, onClose }: ArticlePickerProps) {
  const [sought, setSought] = useState('');
  const search = useDeferredValue(sought.trim());
  const { data, previousData, error } = useQuery(FindArticlesDocument, {
    variables: { search: search || null },
    fetchPolicy: 'network-only',
  });
  const bases = (data ?? previousData)?.knowledgeBases;
  const articles = bases?.find(({ usedAs }) => usedAs.includes(SUPPORT_USE))?.articles.nodes;
  return (
    <Modal opened onClose={onClose} title="Insert an article" size={560} closeButtonProps={{ 'aria-label': 'Close' }}>
      <div className="form-stack">
        <TextInput
          data-autofocus
          label="Article"
          placeholder="Words in title, keywords or address"
          leftSection={<IconSearch size={15} aria-hidden="true" />}
          value={sought}
          onChange={(event) => setSought(event.currentTarget.value)}
        />
        {error && <Notice tone="bad">{explain(error).message}</Notice>}
        {!bases && !error && <SkeletonLines count={3} />}
        {bases && !articles && (
          <EmptyState title="No base is set">
            <p>Choose a Default Support KnowledgeBase in Settings.</p>
          </EmptyState>
        )}
        {articles?.length === 0 && (
          <p className="second" role="status">
            No published article matches.
          </p>
        )}
        {articles && articles.length > 0 && (
          <ul className="ticket-choices" aria-label="Articles">
            {articles.map(({ id, title, summary, html, url }) => (
              <li key={id}>
                <button
                  type="button"
                  className="ticket-choice"
                  onClick={() => onChoose({ articleId: id, title, html, url })}
                >
                  <span className="ticket-choice__words">
                    <strong dir="auto">{title}</strong>
                    <span className="second">{summary}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Modal>
  );
}
