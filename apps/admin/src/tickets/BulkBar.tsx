import { Menu } from '@mantine/core';
import { IconCheck, IconChevronDown, IconClockPause, IconTrash, IconUserPlus, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { Button, IconButton } from '../ui/Button.tsx';
import { formatCount } from '../ui/format.ts';
import { AssignMenu } from './AssignMenu.tsx';

interface BulkBarProps {
  count: number;
  /** How many rows of the main list are read and could be selected. */
  loadedCount: number;
  onAssign: (agent: { id: string; name: string } | null) => void;
  onClose: () => void;
  onHold: () => void;
  /** Undefined: the viewer may not. */
  onDelete: (() => void) | undefined;
  onSelectLoaded: () => void;
  onClear: () => void;
}

/** Takes the place of the filters while rows are selected. */
export function BulkBar(props: BulkBarProps) {
  const { count, loadedCount, onAssign, onClose, onHold, onDelete, onSelectLoaded, onClear } = props;
  const [isAssigning, setAssigning] = useState(false);
  return (
    <div className="list-bar" role="toolbar" aria-label="Selected tickets">
      <strong aria-live="polite">{formatCount(count)} selected</strong>
      <AssignMenu isOpen={isAssigning} onOpenChange={setAssigning} onChoose={onAssign}>
        <Button size="small" icon={<IconUserPlus size={16} aria-hidden="true" />}>
          Assign
        </Button>
      </AssignMenu>
      <Button size="small" icon={<IconCheck size={16} aria-hidden="true" />} onClick={onClose}>
        Close
      </Button>
      <Button size="small" icon={<IconClockPause size={16} aria-hidden="true" />} onClick={onHold}>
        Hold
      </Button>
      {onDelete && (
        <Menu position="bottom-start" width={210}>
          <Menu.Target>
            <Button size="small">
              More
              <IconChevronDown size={14} aria-hidden="true" />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item color="red" leftSection={<IconTrash size={16} aria-hidden="true" />} onClick={onDelete}>
              Delete for ever…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      {count < loadedCount && (
        <button type="button" className="text-button" onClick={onSelectLoaded}>
          Select the {formatCount(loadedCount)} loaded
        </button>
      )}
      <span className="spacer" />
      <IconButton label="Clear the selection" onClick={onClear}>
        <IconX size={18} />
      </IconButton>
    </div>
  );
}
