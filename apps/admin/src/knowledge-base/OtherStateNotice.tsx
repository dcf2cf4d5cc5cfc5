import { useState } from 'react';
import { useViewer } from '../session/use-session.ts';
import { Button } from '../ui/Button.tsx';
import { formatMoment } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import { useNow } from '../ui/use-now.ts';
import type { ArticleValues, OtherState } from './article-draft.ts';
import { DifferenceTable } from './DifferenceTable.tsx';

interface OtherStateNoticeProps {
  theirs: OtherState;
  values: ArticleValues;
  onKeep: () => void;
  onTake: () => void;
}

const wordsOf = ({ title, summary, body }: ArticleValues) => `${title}\n${summary}\n\n${body}`;

/** Somebody else saved meanwhile: both states beside each other, and the choice. */
export function OtherStateNotice({ theirs, values, onKeep, onTake }: OtherStateNoticeProps) {
  const viewer = useViewer();
  const now = useNow();
  const [isCompared, setCompared] = useState(false);
  const isOwn = theirs.updatedBy?.id === viewer.id;
  const at = formatMoment(theirs.updatedAt, now);
  const what = theirs.kind === 'CHANGES' ? 'other changes of this article' : 'this article';
  return (
    <Notice tone="warn">
      <div className="form-stack">
        <p>
          {isOwn
            ? `You saved ${what} elsewhere (${at}). The words here are kept; nothing of the others is lost.`
            : `${theirs.updatedBy?.name ?? 'A program'} saved ${what} meanwhile (${at}). Your words are kept here; nothing of theirs is lost.`}
        </p>
        <p className="form-actions">
          <Button size="small" onClick={() => setCompared(!isCompared)} aria-expanded={isCompared}>
            {isCompared ? 'Hide the difference' : 'Show the difference'}
          </Button>
          <Button size="small" onClick={onKeep}>
            Keep what is here
          </Button>
          <Button size="small" onClick={onTake}>
            {isOwn ? 'Take the other' : 'Take theirs'}
          </Button>
        </p>
        {isCompared && (
          <DifferenceTable
            before={wordsOf(theirs.values)}
            after={wordsOf(values)}
            beforeLabel={isOwn ? 'The other' : 'Theirs'}
            afterLabel="Here"
          />
        )}
      </div>
    </Notice>
  );
}
