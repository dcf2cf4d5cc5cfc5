import { Modal } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { type Action, useCurrentActions } from './registry.ts';
import './palette.css';

const MOST = 12;

interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
  /** Further choices made from what is typed: "Search tickets for …", "Open #48209". */
  choicesFor: (typed: string) => readonly Action[];
}

function matches(action: Action, typed: string): boolean {
  const label = action.label.toLocaleLowerCase();
  return typed
    .toLocaleLowerCase()
    .split(/\s+/u)
    .every((word) => label.includes(word));
}

/** One box for everything: type a few letters, choose with the arrows, Enter does it. */
export function Palette({ isOpen, onClose, choicesFor }: PaletteProps) {
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      withCloseButton={false}
      title={undefined}
      padding={0}
      size={560}
      yOffset="12vh"
      centered={false}
      attributes={{ content: { 'aria-label': 'Search or jump to' } }}
    >
      {isOpen && <PaletteBox onClose={onClose} choicesFor={choicesFor} />}
    </Modal>
  );
}

function PaletteBox({ onClose, choicesFor }: Omit<PaletteProps, 'isOpen'>) {
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const actions = useCurrentActions();
  const found = useMemo(() => {
    const fitting = actions.filter((action) => !action.isHidden && matches(action, typed));
    return [...choicesFor(typed.trim()), ...fitting].slice(0, MOST);
  }, [actions, typed, choicesFor]);
  const run = (action: Action | undefined) => {
    if (!action) return;
    onClose();
    action.run();
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt((now) => Math.min(found.length - 1, now + 1));
    else if (event.key === 'ArrowUp') setAt((now) => Math.max(0, now - 1));
    else if (event.key === 'Enter') run(found[at]);
    else return;
    event.preventDefault();
  };
  return (
    <div className="palette">
      <div className="palette__box">
        <IconSearch size={18} aria-hidden="true" />
        <input
          data-autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls="palette-list"
          aria-activedescendant={found[at] ? `palette-${found[at].id}` : undefined}
          aria-label="Search or jump to"
          placeholder="Search or jump to…"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div className="palette__list" id="palette-list" role="listbox" aria-label="Choices">
        {found.map((action, index) => (
          <div
            key={action.id}
            id={`palette-${action.id}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            className="palette__choice"
            onMouseMove={() => setAt(index)}
            onClick={() => run(action)}
            onKeyDown={onKeyDown}
          >
            <span>{action.label}</span>
            <span className="second">{action.group}</span>
            <span className="spacer" />
            {action.keys?.[0] && <kbd className="kbd">{action.keys[0]}</kbd>}
          </div>
        ))}
      </div>
    </div>
  );
}
