import { Drawer } from '@mantine/core';
import { IconMenu2 } from '@tabler/icons-react';
import { Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useState } from 'react';
import { useIsAdministrator } from '../session/use-session.ts';
import { KeySheet } from '../ui/actions/KeySheet.tsx';
import { listenToKeys } from '../ui/actions/keys.ts';
import { Palette } from '../ui/actions/Palette.tsx';
import { type Action, useActions } from '../ui/actions/registry.ts';
import { IconButton } from '../ui/Button.tsx';
import { currentPreferences } from '../ui/preferences.ts';
import { undoLast } from '../ui/undo.tsx';
import { PHONE, useMedia } from '../ui/use-media.ts';
import { CollectionBanner } from './CollectionBanner.tsx';
import { KeyBanner } from './KeyBanner.tsx';
import { Rail } from './Rail.tsx';
import { SendingBanner } from './SendingBanner.tsx';
import './shell.css';

const pages = [
  { id: 'go-tickets', label: 'Tickets Center', to: '/tickets', key: 'T', isForAll: true },
  { id: 'go-knowledge', label: 'Knowledge bases', to: '/knowledge', key: 'K', isForAll: true },
  { id: 'go-mass-mail', label: 'Mass mail', to: '/mass-mail', key: 'M', isForAll: false },
  { id: 'go-collection', label: 'Mail collection', to: '/collection', key: 'C', isForAll: true },
  { id: 'go-sending', label: 'Sending', to: '/sending', key: 'O', isForAll: false },
  { id: 'go-reports', label: 'Reports', to: '/reports', key: 'R', isForAll: true },
  { id: 'go-assistants', label: 'Assistants', to: '/assistants', key: 'A', isForAll: false },
  { id: 'go-settings', label: 'Settings', to: '/settings', key: 'S', isForAll: false },
  { id: 'go-profile', label: 'Profile', to: '/profile', key: 'U', isForAll: true },
  { id: 'go-saved-replies', label: 'Saved replies', to: '/saved-replies', key: 'W', isForAll: true },
  { id: 'go-tokens', label: 'API tokens', to: '/api-tokens', key: 'P', isForAll: false },
] as const;

function usePageActions(openPalette: () => void, openKeys: () => void) {
  const navigate = useNavigate();
  const isAdministrator = useIsAdministrator();
  const goTo: Action[] = pages
    .filter((page) => page.isForAll || isAdministrator)
    .map((page) => ({
      id: page.id,
      label: page.label,
      group: 'Go to',
      keys: [`G then ${page.key}`],
      run: () => void navigate({ to: page.to }),
    }));
  useActions([
    ...goTo,
    {
      id: 'palette',
      label: 'Search or jump to',
      group: 'Everywhere',
      keys: ['Ctrl K'],
      worksInFields: true,
      isHidden: true,
      run: openPalette,
    },
    { id: 'keys', label: 'All keys', group: 'Everywhere', keys: ['?'], run: openKeys },
    { id: 'undo', label: 'Undo the last action', group: 'Everywhere', keys: ['Z'], run: undoLast },
  ]);
}

function useTypedChoices() {
  const navigate = useNavigate();
  return useCallback(
    (typed: string): Action[] => {
      if (!typed) return [];
      const number = /^#?(\d{1,9})$/.exec(typed)?.[1];
      const search: Action = {
        id: 'search',
        label: `Search tickets for “${typed}”`,
        group: 'Tickets',
        run: () => void navigate({ to: '/tickets', search: { q: typed } }),
      };
      if (!number) return [search];
      const open: Action = {
        id: 'open-number',
        label: `Open ticket #${number}`,
        group: 'Tickets',
        run: () => void navigate({ to: '/tickets/$number', params: { number } }),
      };
      return [open, search];
    },
    [navigate],
  );
}

/** The frame around every page: rail, banner, palette, key sheet. */
export function AppShell() {
  const [overlay, setOverlay] = useState<'palette' | 'keys' | 'rail' | null>(null);
  const close = useCallback(() => setOverlay(null), []);
  const openPalette = useCallback(() => setOverlay('palette'), []);
  const isPhone = useMedia(PHONE);
  const { pathname } = useLocation();
  const choicesFor = useTypedChoices();
  usePageActions(openPalette, () => setOverlay('keys'));
  useEffect(() => listenToKeys(() => currentPreferences().hasSingleKeys), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page closes the drawer
  useEffect(() => setOverlay(null), [pathname]);
  const isTicketOpen = /^\/tickets\/./.test(pathname);
  return (
    <div className="shell">
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      {!isPhone && <Rail onSearch={openPalette} />}
      <main className="shell__main" id="main" tabIndex={-1}>
        <CollectionBanner />
        <SendingBanner />
        <KeyBanner />
        {isPhone && !isTicketOpen && (
          <div className="shell__phone-bar">
            <IconButton label="Menu" onClick={() => setOverlay('rail')}>
              <IconMenu2 size={20} />
            </IconButton>
            <span>Support Center</span>
          </div>
        )}
        <div className="shell__page">
          <Outlet />
        </div>
      </main>
      {isPhone && (
        <Drawer
          opened={overlay === 'rail'}
          onClose={close}
          size={264}
          padding={0}
          withCloseButton={false}
          attributes={{ content: { 'aria-label': 'Menu' } }}
        >
          <Rail onSearch={openPalette} />
        </Drawer>
      )}
      <Palette isOpen={overlay === 'palette'} onClose={close} choicesFor={choicesFor} />
      <KeySheet isOpen={overlay === 'keys'} onClose={close} />
    </div>
  );
}
