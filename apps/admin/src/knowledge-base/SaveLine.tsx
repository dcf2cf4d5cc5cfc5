import { IconCloudCheck, IconCloudOff, IconCloudUp, IconDeviceDesktop } from '@tabler/icons-react';
import type { ArticleFieldsFragment } from '../gql/graphql.ts';
import { useViewer } from '../session/use-session.ts';
import { formatDay, formatTime } from '../ui/format.ts';
import { useNow } from '../ui/use-now.ts';
import type { SaveState } from './use-article-draft.ts';

interface SaveLineProps {
  state: SaveState;
  article: ArticleFieldsFragment;
  /** What stands here is not what the article says. */
  isChanged: boolean;
}

/** "10:06", and on another day "14 Mar 2024". */
const momentOf = (iso: string, now: number): string =>
  new Date(iso).toDateString() === new Date(now).toDateString() ? formatTime(iso) : formatDay(iso);

/** Where the typed words are: in this browser, on the server, or before everybody. */
export function SaveLine({ state, article, isChanged }: SaveLineProps) {
  const viewer = useViewer();
  const now = useNow();
  const { published, unpublishedChanges: changes } = article;
  const author = changes?.updatedBy && changes.updatedBy.id !== viewer.id ? ` by ${changes.updatedBy.name}` : '';
  const saved = (at: string) => {
    if (!published) return `Saved ${momentOf(at, now)}`;
    return changes ? `Draft saved ${momentOf(at, now)}${author} — not published yet` : '';
  };
  const faces = {
    NONE: [IconCloudCheck, ''],
    WAITING: [IconCloudUp, 'Saving…'],
    HELD: [IconDeviceDesktop, isChanged ? 'Changes kept in this browser' : ''],
    SAVED: [IconCloudCheck, state.kind === 'SAVED' ? saved(state.at) : ''],
    FAILED: [IconCloudOff, failure(state)],
  } as const;
  const [Icon, words] = faces[state.kind];
  return (
    <span className="draft-line second article__state" role="status">
      {words && (
        <>
          <Icon size={15} aria-hidden="true" /> <span>{words}</span>
        </>
      )}
    </span>
  );
}

function failure(state: SaveState): string {
  if (state.kind !== 'FAILED') return '';
  if (state.isKept) return 'Draft saved — not published yet';
  return state.isFinal ? 'Not saved' : 'Not saved — trying again';
}
