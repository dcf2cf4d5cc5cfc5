import { Link } from '@tanstack/react-router';
import { useIsAdministrator } from '../session/use-session.ts';
import type { ListSection } from './ticket-search.ts';

/** Says which sections the settings hide, and where that is changed. Nothing when all are shown. */
export function SectionToggles({ sections }: { sections: readonly ListSection[] }) {
  const isAdministrator = useIsAdministrator();
  const keys = new Set(sections.map(({ key }) => key));
  if (!keys.has('MAIN')) return null;
  const hidden = [!keys.has('ANSWERED') && 'Answered', !keys.has('ON_HOLD') && 'On Hold'].filter(Boolean);
  if (hidden.length === 0) return null;
  return (
    <p className="hidden-sections second">
      {hidden.join(' and ')} {hidden.length === 1 ? 'is' : 'are'} hidden.{' '}
      {isAdministrator && (
        <Link to="/settings" hash="ticketCenter">
          Change in Settings
        </Link>
      )}
    </p>
  );
}
