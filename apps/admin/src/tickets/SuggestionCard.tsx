import { Modal } from '@mantine/core';
import { IconThumbDown } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { SuggestionCardFragment } from '../gql/graphql.ts';
import { Button, IconButton } from '../ui/Button.tsx';
import { SafeHtml } from '../ui/SafeHtml.tsx';
import { cutAtMarks } from './mark-text.ts';

/** Suggestions from this one on have no key of their own. */
export const MOST_KEYS = 9;

const MOST_WORDS = 8;
const places: Record<string, string> = { title: 'title', body: 'text', feedback: 'answered letters' };

const percentOf = (share: number) => Math.round(Math.max(0, Math.min(1, share)) * 100);

/** A text with its matched words marked. It comes in as words, never as mark-up. */
function Marked({ text, marks }: { text: string; marks: readonly { start: number; end: number }[] }) {
  return cutAtMarks(text, marks).map(({ text: part, isHit, at }) =>
    isHit ? <mark key={at}>{part}</mark> : <span key={at}>{part}</span>,
  );
}

/** The matched words, what each counts and where it was found. */
function Why({ matches }: Pick<SuggestionCardFragment, 'matches'>) {
  if (matches.length === 0) return <p className="second">Its words are near to those of the letter.</p>;
  const telling = matches.slice(0, MOST_WORDS).filter(({ share }) => percentOf(share) > 0);
  const rest = matches.filter((match) => !telling.includes(match)).reduce((sum, { share }) => sum + share, 0);
  return (
    <table className="why">
      <caption className="visually-hidden">Matched words</caption>
      <tbody>
        {telling.map(({ term, share, field }) => (
          <tr key={`${term} ${field}`}>
            <th scope="row" dir="auto">
              {term}
            </th>
            <td className="second">{places[field] ?? field}</td>
            <td>{percentOf(share)} %</td>
          </tr>
        ))}
        {percentOf(rest) > 0 && (
          <tr>
            <th scope="row">Other words</th>
            <td />
            <td>{percentOf(rest)} %</td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

interface SuggestionCardProps {
  suggestion: SuggestionCardFragment;
  position: number;
  onInsert: () => void;
  onNotUseful: () => void;
}

/** One article that may answer: how well it fits, why, a look at the whole of it, and the way into the reply. */
export function SuggestionCard({ suggestion, position, onInsert, onNotUseful }: SuggestionCardProps) {
  const [isExplained, setExplained] = useState(false);
  const [isPreviewed, setPreviewed] = useState(false);
  const { article, score, excerpt, marks, titleMarks, matches } = suggestion;
  const percent = percentOf(score);
  return (
    <li className="card suggestion">
      <div className="suggestion__head">
        <h3 dir="auto">
          <Marked text={article.title} marks={titleMarks} />
        </h3>
        {position <= MOST_KEYS && <kbd className="kbd">Alt {position}</kbd>}
      </div>
      <p className="second" dir="auto">
        <Marked text={excerpt} marks={marks} />
      </p>
      <div className="suggestion__foot">
        <span className="suggestion__bar" aria-hidden="true">
          <span style={{ width: `${percent}%` }} />
        </span>
        <span className="second">{percent} % match</span>
        <span className="spacer" />
        <Button look="soft" size="small" onClick={onInsert} aria-label={`Insert: ${article.title}`}>
          Insert
        </Button>
      </div>
      <div className="suggestion__more">
        <button type="button" className="text-button" onClick={() => setPreviewed(true)}>
          Preview
        </button>
        <button
          type="button"
          className="text-button"
          aria-expanded={isExplained}
          onClick={() => setExplained(!isExplained)}
        >
          Why?
        </button>
        <span className="spacer" />
        <IconButton label={`Not useful: ${article.title}`} onClick={onNotUseful}>
          <IconThumbDown size={15} />
        </IconButton>
      </div>
      {isExplained && <Why matches={matches} />}
      {isPreviewed && (
        <Modal
          opened
          onClose={() => setPreviewed(false)}
          title={article.title}
          size={720}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <div className="form-stack">
            <SafeHtml html={article.html} className="article-text" />
            <div className="form-actions">
              <Button
                look="primary"
                onClick={() => {
                  setPreviewed(false);
                  onInsert();
                }}
              >
                Insert
              </Button>
              <Link to="/knowledge" search={{ article: article.id }} className="button">
                Open in the knowledge base
              </Link>
            </div>
          </div>
        </Modal>
      )}
    </li>
  );
}
