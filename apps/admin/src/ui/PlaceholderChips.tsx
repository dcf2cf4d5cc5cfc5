import './template-field.css';

/** A name that words may use, written `{{name}}`. */
export interface PlaceholderName {
  name: string;
  description: string;
}

interface PlaceholderChipsProps {
  placeholders: readonly PlaceholderName[];
  /** Gets the name as it is written. */
  onInsert: (written: string) => void;
}

/** The placeholders that words may use; a click puts one where the caret stands, which stays there. */
export function PlaceholderChips({ placeholders, onInsert }: PlaceholderChipsProps) {
  return (
    <fieldset className="template-field__names">
      <legend className="second">Placeholders: a click puts one where the caret stands</legend>
      {placeholders.map(({ name, description }) => (
        <button
          key={name}
          type="button"
          className="chip template-field__name"
          title={description}
          aria-label={`Insert {{${name}}}: ${description}`}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onInsert(`{{${name}}}`)}
        >
          <span className="mono">{`{{${name}}}`}</span>
          <span>{description}</span>
        </button>
      ))}
    </fieldset>
  );
}
