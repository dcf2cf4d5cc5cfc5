import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface NoticeProps {
  tone?: 'plain' | 'bad' | 'warn' | 'good';
  children: ReactNode;
  action?: ReactNode;
}

const icons = { plain: IconInfoCircle, bad: IconAlertTriangle, warn: IconAlertTriangle, good: IconCircleCheck };

/** A sentence that the reader should not miss; a bad one is read out at once. */
export function Notice({ tone = 'plain', children, action }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={`notice notice--${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon size={18} aria-hidden="true" />
      <div className="notice__body">{children}</div>
      {action}
    </div>
  );
}

interface EmptyStateProps {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  /** It is the whole page, so its title is the page's. */
  isPage?: boolean;
}

/** The face of a page or list that has nothing to show. */
export function EmptyState({ title, children, icon, isPage = false }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'h2';
  return (
    <div className="empty">
      {icon}
      <Title>{title}</Title>
      {children}
    </div>
  );
}

/** Grey bars in the place of lines that are on their way. */
export function SkeletonLines({ count = 4 }: { count?: number }) {
  const widths = ['62%', '88%', '74%', '45%'];
  return (
    <div className="form-stack" role="status" aria-label="Loading">
      {Array.from({ length: count }, (_, line) => (
        <span key={`line-${line.toString()}`} className="skeleton" style={{ width: widths[line % widths.length] }} />
      ))}
    </div>
  );
}
