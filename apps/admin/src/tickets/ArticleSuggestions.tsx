import type { FragmentType } from '@apollo/client';
import { useFragment, useMutation } from '@apollo/client/react';
import { IconBulb, IconThumbDown } from '@tabler/icons-react';
import { useState } from 'react';
import {
  type ArticleSuggestionsFragment,
  ArticleSuggestionsFragmentDoc,
  RateSuggestionDocument,
} from '../gql/graphql.ts';
import { useActions } from '../ui/actions/registry.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { markTerms } from './mark-terms.ts';
import type { Insertion } from './use-reply-draft.ts';

type Suggestion = ArticleSuggestionsFragment['suggestions'][number];

const MOST_KEYS = 9;

interface SuggestionCardProps {
  suggestion: Suggestion;
  position: number;
  onInsert: () => void;
  onNotUseful: () => void;
}

function SuggestionCard({ suggestion, position, onInsert, onNotUseful }: SuggestionCardProps) {
  const percent = Math.round(Math.max(0, Math.min(1, suggestion.score)) * 100);
  return (
    <li className="card suggestion">
      <div className="suggestion__head">
        <h3 dir="auto">{suggestion.article.title}</h3>
        {position <= MOST_KEYS && <kbd className="kbd">Alt {position}</kbd>}
      </div>
      <p className="second" dir="auto">
        {markTerms(suggestion.excerpt, suggestion.matchedTerms).map(({ text, isHit, at }) =>
          isHit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
        )}
      </p>
      <div className="suggestion__foot">
        <span className="suggestion__bar" aria-hidden="true">
          <span style={{ width: `${percent}%` }} />
        </span>
        <span className="second">{percent} % match</span>
        <span className="spacer" />
        <IconButton label={`Not useful: ${suggestion.article.title}`} onClick={onNotUseful}>
          <IconThumbDown size={15} />
        </IconButton>
        <Button look="soft" size="small" onClick={onInsert} aria-label={`Insert: ${suggestion.article.title}`}>
          Insert
        </Button>
      </div>
    </li>
  );
}

/** Articles of the Default Support KnowledgeBase that may answer the ticket, best first. Nothing when there is none. */
export function ArticleSuggestions({
  ticket,
  onInsert,
}: {
  ticket: FragmentType<ArticleSuggestionsFragment>;
  onInsert: (insertion: Insertion) => void;
}) {
  const { data, complete } = useFragment({
    fragment: ArticleSuggestionsFragmentDoc,
    fragmentName: 'ArticleSuggestions',
    from: ticket,
  });
  const [rate] = useMutation(RateSuggestionDocument);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const suggestions = complete ? (data.suggestions ?? []).filter(({ article }) => !dismissed.has(article.id)) : [];
  const insert = ({ article }: Suggestion) =>
    onInsert({ articleId: article.id, title: article.title, text: article.body });
  useActions(
    suggestions.slice(0, MOST_KEYS).map((suggestion, index) => ({
      id: `suggestion-${index + 1}`,
      label: `Insert “${suggestion.article.title}”`,
      group: 'Suggested answers',
      keys: [`Alt ${index + 1}`],
      worksInFields: true,
      run: () => insert(suggestion),
    })),
  );
  if (!complete || suggestions.length === 0) return null;
  return (
    <section aria-label="Suggested answers">
      <h2>
        <IconBulb size={17} aria-hidden="true" /> Suggested answers
      </h2>
      <ol className="suggestions">
        {suggestions.map((suggestion, index) => (
          <SuggestionCard
            key={suggestion.article.id}
            suggestion={suggestion}
            position={index + 1}
            onInsert={() => insert(suggestion)}
            onNotUseful={() => {
              setDismissed((before) => new Set([...before, suggestion.article.id]));
              void rate({
                variables: { input: { ticketId: data.id, articleId: suggestion.article.id, useful: false } },
              }).catch(() => undefined);
            }}
          />
        ))}
      </ol>
    </section>
  );
}
