import { Modal } from '@mantine/core';
import { IconFlask } from '@tabler/icons-react';
import { useState } from 'react';
import { Button } from '../ui/Button.tsx';
import { type SettingsValues, toInput, tryInput } from './settings-form.ts';
import { TryLetter } from './TryLetter.tsx';

/** Tries a letter with the form as it stands, without leaving it. */
export function TryWithUnsaved({ values, before }: { values: SettingsValues; before: SettingsValues }) {
  const [isOpen, setOpen] = useState(false);
  const unsaved = tryInput(toInput(values, before));
  const hasChanges = Object.keys(unsaved).length > 0;
  return (
    <div className="form-actions">
      <Button icon={<IconFlask size={17} aria-hidden="true" />} onClick={() => setOpen(true)}>
        {hasChanges ? 'Try a letter with these unsaved settings' : 'Try a letter'}
      </Button>
      {isOpen && (
        <Modal
          opened
          onClose={() => setOpen(false)}
          title={hasChanges ? 'Try a letter with unsaved settings' : 'Try a letter'}
          size={720}
          closeButtonProps={{ 'aria-label': 'Close' }}
        >
          <TryLetter settings={hasChanges ? unsaved : undefined} />
        </Modal>
      )}
    </div>
  );
}
