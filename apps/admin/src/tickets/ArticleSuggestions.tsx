import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { IconBulb } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { explain } from '../apollo/errors.ts';
import {
  NoteSuggestionInsertedDocument,
  RateSuggestionDocument,
  type SuggestionCardFragment,
  TicketRepliesDocument,
  TicketSuggestionsDocument,
  WriteArticleFromReplyDocument,
} from '../gql/graphql.ts';
import { useIsAdministrator } from '../session/use-session.ts';
import { useActions } from '../ui/actions/registry.ts';
import { Button } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { Notice, SkeletonLines } from '../ui/Notice.tsx';
import { sayDone, sayFailed } from '../ui/undo.tsx';
import type { OpenTicket } from './open-ticket.ts';
import { readLocalDraft } from './reply-draft.ts';
import { MOST_KEYS, SuggestionCard } from './SuggestionCard.tsx';
import type { Insertion } from './use-reply-draft.ts';

const WARMING_POLL_MS = 2000;
const LONGEST_TITLE = 300;
const SUPPORT_USE = 'Default Support KnowledgeBase';

/** Makes a draft of the answer that is being written, or else of the last one that was sent, and opens it. */
function useWriteArticle(ticket: OpenTicket, knowledgeBaseId: string | undefined) {
  const client = useApolloClient();
  const navigate = useNavigate();
  const [isWriting, setWriting] = useState(false);
  const lastReply = async () => {
    const { data } = await client.query({
      query: TicketRepliesDocument,
      variables: { id: ticket.id },
      // The list of the page stays as it is.
      fetchPolicy: 'no-cache',
    });
    const text = data?.ticket?.messages.nodes.findLast(({ kind }) => kind === 'REPLY')?.newText ?? '';
    return { text, html: null };
  };
  const write = async () => {
    if (!knowledgeBaseId) return;
    setWriting(true);
    try {
      const draft = readLocalDraft(ticket.id);
      const isAnswer = draft !== null && !draft.isNote && draft.text.trim() !== '';
      const { articleBodyFrom } = await import('./article-from-reply.ts');
      const body = articleBodyFrom(isAnswer ? draft : await lastReply());
      const title = ticket.subject.trim().slice(0, LONGEST_TITLE) || 'Untitled article';
      const { data } = await client.mutate({
        mutation: WriteArticleFromReplyDocument,
        variables: { input: { knowledgeBaseId, title, body, published: false } },
      });
      if (data) await navigate({ to: '/knowledge', search: { base: knowledgeBaseId, article: data.saveArticle.id } });
    } catch (error) {
      sayFailed(`No article was made. ${explain(error).message}`);
    }
    setWriting(false);
  };
  return { write, isWriting };
}

interface ArticleSuggestionsProps {
  ticket: OpenTicket;
  onInsert: (insertion: Insertion) => void;
}

/** Articles of the Default Support KnowledgeBase that may answer the ticket, best first, and the way to write one when none
 * fits. */
export function ArticleSuggestions({ ticket, onInsert }: ArticleSuggestionsProps) {
  const isAdministrator = useIsAdministrator();
  const { data, error, refetch, startPolling, stopPolling } = useQuery(TicketSuggestionsDocument, {
    variables: { id: ticket.id },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const [rate] = useMutation(RateSuggestionDocument);
  const [note] = useMutation(NoteSuggestionInsertedDocument);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const isOff = data?.suggestionIndex.maxSuggestions === 0;
  const isWarming = data?.suggestionIndex.state === 'WARMING' && !isOff;
  useEffect(() => {
    if (!isWarming) return;
    startPolling(WARMING_POLL_MS);
    return stopPolling;
  }, [isWarming, startPolling, stopPolling]);
  const baseId = data?.knowledgeBases.find(({ usedAs }) => usedAs.includes(SUPPORT_USE))?.id;
  const { write, isWriting } = useWriteArticle(ticket, baseId);

  const suggestions = (data?.ticket?.suggestions ?? []).filter(
    (suggestion) => !suggestion.dismissed && !dismissed.has(suggestion.article.id),
  );
  const insert = ({ article }: SuggestionCardFragment) => {
    onInsert({ articleId: article.id, title: article.title, html: article.html, url: article.url });
    note({ variables: { input: { ticketId: ticket.id, articleId: article.id } } }).catch(() => undefined);
  };
  const setUseful = async ({ article }: SuggestionCardFragment, useful: boolean) => {
    const hide = (isHidden: boolean) =>
      setDismissed(
        (before) => new Set([...[...before].filter((id) => id !== article.id), ...(isHidden ? [article.id] : [])]),
      );
    hide(!useful);
    try {
      await rate({ variables: { input: { ticketId: ticket.id, articleId: article.id, useful } } });
    } catch (failure) {
      hide(useful);
      sayFailed(explain(failure).message);
    }
  };
  const dismiss = async (suggestion: SuggestionCardFragment) => {
    await setUseful(suggestion, false);
    sayDone('Not useful here. It is suggested less for such letters.', () => void setUseful(suggestion, true));
  };
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

  return (
    <section aria-label="Suggested answers">
      <h2>
        <IconBulb size={17} aria-hidden="true" /> Suggested answers
        <span className="spacer" />
        {suggestions.length > 0 && (
          <span className="second">
            {suggestions.length} of {data?.suggestionIndex.maxSuggestions} max
          </span>
        )}
      </h2>
      {!data && !error && <SkeletonLines count={5} />}
      {error && !data && (
        <Notice
          tone="bad"
          action={
            <Button size="small" onClick={() => void refetch()}>
              Try again
            </Button>
          }
        >
          {explain(error).message}
        </Notice>
      )}
      {isWarming && (
        <p className="second suggestion-note" role="status">
          Warming up: {formatCount(data.suggestionIndex.articles)} articles are ready, more follow.
        </p>
      )}
      <ol className="suggestions">
        {suggestions.map((suggestion, index) => (
          <SuggestionCard
            key={suggestion.article.id}
            suggestion={suggestion}
            position={index + 1}
            onInsert={() => insert(suggestion)}
            onNotUseful={() => void dismiss(suggestion)}
          />
        ))}
      </ol>
      {data && !isWarming && suggestions.length === 0 && (
        <p className="second suggestion-note">
          {!baseId ? (
            <>
              No knowledge base feeds suggestions.{' '}
              {isAdministrator && (
                <Link to="/settings" hash="defaultSupportKnowledgeBaseId">
                  Choose one
                </Link>
              )}
            </>
          ) : isOff ? (
            <>
              Suggestions are turned off.{' '}
              {isAdministrator && (
                <Link to="/settings" hash="maxSuggestions">
                  Change Max Suggestions
                </Link>
              )}
            </>
          ) : (
            <>
              No article fits.{' '}
              <button type="button" className="text-button" disabled={isWriting} onClick={() => void write()}>
                Write one from this answer
              </button>
            </>
          )}
        </p>
      )}
    </section>
  );
}
