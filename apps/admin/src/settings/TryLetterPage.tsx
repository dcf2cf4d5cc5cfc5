import { Link } from '@tanstack/react-router';
import { useEffect } from 'react';
import { TryLetter } from './TryLetter.tsx';
import '../ui/mantine-forms.css';
import './settings.css';

/** A page of its own for trying a letter by the saved settings. */
export function TryLetterPage() {
  useEffect(() => {
    document.title = 'Try a letter';
  }, []);
  return (
    <div className="page">
      <div className="page__inner">
        <div className="page__head">
          <h1>Try a letter</h1>
        </div>
        <p className="second try-intro">
          See what the desk would do with a letter by the saved settings, and why. To try others, change them in{' '}
          <Link to="/settings" hash="matching">
            Settings
          </Link>{' '}
          and press “Try a letter” there.
        </p>
        <TryLetter />
      </div>
    </div>
  );
}
