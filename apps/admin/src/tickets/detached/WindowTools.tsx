import { Menu } from '@mantine/core';
import { IconArrowsDiagonal, IconArrowsDiagonalMinimize2, IconArrowsMove } from '@tabler/icons-react';
import { type Action, useActions } from '../../ui/actions/registry.ts';
import { IconButton } from '../../ui/Button.tsx';
import { PLACES, type Place } from './editor-frame.ts';
import type { Detached } from './use-detached.ts';

/** Detaches the editor and puts it back; while it is detached, also where it stands. */
export function WindowTools({ window, onToggle }: { window: Detached; onToggle: () => void }) {
  const { isFixed, isDetached } = window;
  const action: Action = {
    id: 'detach',
    label: isDetached ? 'Put the editor back' : 'Detach the editor',
    group: 'Editor',
    keys: ['Alt Enter'],
    worksInFields: true,
    run: onToggle,
  };
  useActions(isFixed ? [] : [action]);
  if (isFixed) return null;
  if (!isDetached)
    return (
      <IconButton label="Detach the editor (Alt Enter)" onClick={onToggle}>
        <IconArrowsDiagonal size={17} />
      </IconButton>
    );
  return (
    <>
      <Menu position="bottom-end" width={170} zIndex={300}>
        <Menu.Target>
          <IconButton label="Where the window stands">
            <IconArrowsMove size={17} />
          </IconButton>
        </Menu.Target>
        <Menu.Dropdown>
          {Object.entries(PLACES).map(([place, label]) => (
            <Menu.Item key={place} onClick={() => window.putAt(place as Place)}>
              {label}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      <IconButton label="Put the editor back (Alt Enter)" onClick={onToggle}>
        <IconArrowsDiagonalMinimize2 size={17} />
      </IconButton>
    </>
  );
}
