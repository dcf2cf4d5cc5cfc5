import { Button } from './Button.tsx';
import { sayDone } from './undo.tsx';

/** Words to be copied as they are, such as a record for the DNS. */
export function CopyLine({ name, value }: { name: string; value: string }) {
  const copy = async () => {
    await navigator.clipboard?.writeText(value);
    sayDone(`${name} copied.`);
  };
  return (
    <div className="copy-line">
      <span className="second">{name}</span>
      <code className="mono">{value}</code>
      <Button size="small" aria-label={`Copy ${name.toLowerCase()}`} onClick={() => void copy()}>
        Copy
      </Button>
    </div>
  );
}
