import type { ReactNode } from 'react';
import { IconButton } from '../Button.tsx';

/** One button of an editor: its words, whether the marked text has it, its icon, and what it does. */
export interface TextTool {
  label: string;
  isOn?: boolean;
  icon: ReactNode;
  run: () => void;
}

interface TextToolsProps {
  tools: readonly TextTool[];
  className: string;
  children?: ReactNode;
}

/** The row of buttons of an editor. Pressing one leaves the caret where it is. */
export function TextTools({ tools, className, children }: TextToolsProps) {
  return (
    <div className={className} role="toolbar" aria-label="Form of the text">
      {tools.map(({ label, isOn, icon, run }) => (
        <IconButton
          key={label}
          label={label}
          {...(isOn !== undefined && { 'aria-pressed': isOn })}
          onMouseDown={(event) => event.preventDefault()}
          onClick={run}
        >
          {icon}
        </IconButton>
      ))}
      {children}
    </div>
  );
}
