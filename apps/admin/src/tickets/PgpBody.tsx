import { useLazyQuery } from '@apollo/client/react';
import { IconLock } from '@tabler/icons-react';
import { explain } from '../apollo/errors.ts';
import { OpenedMessageDocument } from '../gql/graphql.ts';
import { Button } from '../ui/Button.tsx';
import { formatBytes } from '../ui/format.ts';
import { Notice } from '../ui/Notice.tsx';
import type { Pgp } from './PgpFacts.tsx';

const sectionWords = {
  PLAIN: 'Not encrypted, not signed',
  SIGNED: 'Signed part',
  ENCRYPTED: 'Encrypted part',
  NOT_OPENED: 'Encrypted part, not opened',
} as const;

/** The stretches of a letter that was encrypted or signed in parts only, each in its own frame, as text alone. */
export function PgpSections({ sections }: { sections: Pgp['sections'] }) {
  if (sections.length === 0) return null;
  return (
    <div className="pgp-sections">
      {sections.map((section, at) => (
        <section
          key={`${at.toString()}-${section.kind}`}
          className={`pgp-section pgp-section--${section.kind.toLowerCase()}`}
          aria-label={sectionWords[section.kind]}
        >
          <header>
            <strong>{sectionWords[section.kind]}</strong>
            {section.kind !== 'PLAIN' && <span>{section.explanation}</span>}
          </header>
          {section.text && (
            <div className="message__text" dir="auto">
              {section.text.trim()}
            </div>
          )}
        </section>
      ))}
    </div>
  );
}

/** A letter whose opened text is not kept: it is opened when somebody wants to read it, and forgotten with the page. */
export function OpenForReading({ messageId }: { messageId: string }) {
  const [open, { data, loading, error }] = useLazyQuery(OpenedMessageDocument, { fetchPolicy: 'no-cache' });
  const opened = data?.openedMessage;
  if (!opened) {
    return (
      <div className="open-for-reading">
        <p className="second">The text of this letter is not stored. It is opened only to be read.</p>
        <Button
          icon={<IconLock size={16} aria-hidden="true" />}
          isBusy={loading}
          onClick={() => void open({ variables: { messageId } })}
        >
          Open for reading
        </Button>
        {error && <Notice tone="bad">{explain(error).message}</Notice>}
      </div>
    );
  }
  return (
    <>
      {opened.subject && <p className="second">Subject inside: {opened.subject}</p>}
      {opened.sections.length > 0 ? (
        <PgpSections sections={opened.sections} />
      ) : (
        <div className="message__text" dir="auto">
          {opened.text}
        </div>
      )}
      {opened.attachments.length > 0 && (
        <ul className="opened-files">
          {opened.attachments.map(({ name, sizeBytes, url }) => (
            <li key={url}>
              <a href={url} download>
                {name}
              </a>{' '}
              <span className="second">{formatBytes(sizeBytes)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
