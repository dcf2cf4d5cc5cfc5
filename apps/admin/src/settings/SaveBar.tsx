import { Button } from '../ui/Button.tsx';
import { plural } from '../ui/format.ts';

interface SaveBarProps {
  changes: number;
  isSaving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Stays in sight while something is not saved. */
export function SaveBar({ changes, isSaving, onSave, onDiscard }: SaveBarProps) {
  return (
    <div className="save-bar" role="status">
      <span>{plural(changes, 'unsaved change')}</span>
      <span className="spacer" />
      <Button onClick={onDiscard} disabled={isSaving}>
        Discard
      </Button>
      <Button look="primary" onClick={onSave} isBusy={isSaving}>
        Save <kbd className="kbd kbd--on-primary">Ctrl S</kbd>
      </Button>
    </div>
  );
}
