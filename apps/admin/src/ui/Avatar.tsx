import { initialsOf, toneOf } from './names.ts';

interface AvatarProps {
  name: string;
  size?: number;
  tone?: 'priority' | 'self';
}

const FONT_SHARE = 0.4;

/** A round mark with initials; the name stands beside it or in its title, so it is silent for screen readers. */
export function Avatar({ name, size = 26, tone }: AvatarProps) {
  return (
    <span
      className={`avatar avatar--${tone ?? toneOf(name)}`}
      style={{ width: size, height: size, fontSize: Math.max(10, Math.round(size * FONT_SHARE)) }}
      title={name}
      aria-hidden="true"
    >
      {initialsOf(name)}
    </span>
  );
}

/** A dashed ring: nobody. */
export function NobodyMark({ size = 24 }: { size?: number }) {
  return (
    <span className="avatar avatar--nobody" style={{ width: size, height: size }} title="Nobody" aria-hidden="true" />
  );
}
