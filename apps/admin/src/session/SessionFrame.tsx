import type { ReactNode } from 'react';
import { BrandMark } from '../ui/BrandMark.tsx';
import '../ui/mantine-forms.css';
import './session.css';

/** The page around signing in and setting up: the name of the product, one card, one heading. */
export function SessionFrame({
  title,
  children,
  isWide = false,
}: {
  title: string;
  children: ReactNode;
  isWide?: boolean;
}) {
  return (
    <main className="session-page">
      <div className={`session-card card${isWide ? ' session-card--wide' : ''}`}>
        <div className="session-brand">
          <BrandMark />
          <span>Support Center</span>
        </div>
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}
