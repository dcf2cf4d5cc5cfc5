import { Textarea } from '@mantine/core';
import { type ReactNode, useLayoutEffect, useRef } from 'react';
import { PlaceholderChips, type PlaceholderName } from './PlaceholderChips.tsx';
import './template-field.css';

interface TemplateFieldProps {
  id: string;
  label: string;
  description?: string;
  value: string;
  onChange: (text: string) => void;
  error?: ReactNode;
  placeholders: readonly PlaceholderName[];
  minRows?: number;
  maxLength?: number;
}

/** Words with placeholders; a click on one of those puts it where the caret stands. */
export function TemplateField({
  id,
  label,
  description,
  value,
  onChange,
  error,
  placeholders,
  minRows = 8,
  maxLength,
}: TemplateFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const caret = useRef<number | null>(null);
  // The caret is set once the new words stand in the field.
  useLayoutEffect(() => {
    if (caret.current === null) return;
    field.current?.focus();
    field.current?.setSelectionRange(caret.current, caret.current);
    caret.current = null;
  });
  const insert = (words: string) => {
    const { selectionStart = value.length, selectionEnd = value.length } = field.current ?? {};
    caret.current = selectionStart + words.length;
    onChange(value.slice(0, selectionStart) + words + value.slice(selectionEnd));
  };
  return (
    <div className="template-field">
      <Textarea
        ref={field}
        id={id}
        label={label}
        description={description}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
        error={error}
        autosize
        minRows={minRows}
        maxRows={24}
        maxLength={maxLength}
        spellCheck
        dir="auto"
      />
      <PlaceholderChips placeholders={placeholders} onInsert={insert} />
    </div>
  );
}
