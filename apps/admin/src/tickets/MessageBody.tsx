import { IconEyeOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { MessageCardFragment } from '../gql/graphql.ts';
import { MailFrame } from './MailFrame.tsx';
import { OpenForReading, PgpSections } from './PgpBody.tsx';
import { RawSource } from './RawSource.tsx';
import { RemoteImages } from './RemoteImages.tsx';

type View = 'html' | 'text' | 'original';

interface MessageBodyProps {
  message: MessageCardFragment;
  isOpen: boolean;
}

function PlainText({ message }: { message: MessageCardFragment }) {
  // An empty new part means that quote and words could not be told apart: then everything is shown.
  const canFold = message.hasQuote && message.newText.trim() !== '';
  const [isWhole, setWhole] = useState(!canFold);
  return (
    <>
      <div className="message__text" dir="auto">
        {(isWhole ? message.text : message.newText) || <span className="second">This message has no text.</span>}
      </div>
      {canFold && (
        <button type="button" className="message__fold" aria-expanded={isWhole} onClick={() => setWhole(!isWhole)}>
          ··· {isWhole ? 'Hide quoted text' : 'Show quoted text'}
        </button>
      )}
    </>
  );
}

/** The ways in which a mail with HTML can be read. */
function Views({ view, onView }: { view: View; onView: (view: View) => void }) {
  const button = (to: View, words: string) => (
    <button type="button" className="message__quiet" aria-pressed={view === to} onClick={() => onView(to)}>
      {words}
    </button>
  );
  return (
    <div className="message__views">
      {button('html', 'Formatted mail')}
      {button('text', 'Plain text')}
      {button('original', 'Original')}
    </div>
  );
}

/** What was written: the mail as its sender formed it in a closed frame, its words alone, or its source. */
export function MessageBody({ message, isOpen }: MessageBodyProps) {
  const isInbound = message.kind === 'INBOUND';
  // Plain words of ours need no frame of their own.
  const hasHtml = message.htmlUrl !== null && (isInbound || message.formatted);
  const [view, setView] = useState<View>(hasHtml && !message.newSender ? 'html' : 'text');
  const [areOnceShown, setOnceShown] = useState(false);
  const [isHiddenShown, setHiddenShown] = useState(false);
  const [isShown, setShown] = useState(isOpen);
  const { pgp } = message;
  if (pgp && (pgp.sections.length > 0 || (pgp.decrypted && !pgp.textIsKept))) {
    return (
      <div className="message__body">
        <PgpSections sections={pgp.sections} />
        {!pgp.textIsKept && <OpenForReading messageId={message.id} />}
      </div>
    );
  }
  if (!isShown) {
    return (
      <button type="button" className="message__fold message__fold--alone" onClick={() => setShown(true)}>
        Show what was sent
      </button>
    );
  }
  const mayLoad = !message.pgp?.encrypted && !message.pgp?.decrypted && (areOnceShown || message.showsSenderImages);
  const query = [...(mayLoad ? ['images=1'] : []), ...(isHiddenShown ? ['hidden=1'] : [])].join('&');
  return (
    <>
      {view === 'html' && message.blockedImages > 0 && (
        <RemoteImages
          message={message}
          areShown={mayLoad}
          onShowOnce={() => setOnceShown(true)}
          onHide={() => setOnceShown(false)}
        />
      )}
      {view === 'html' && message.hidesText && (
        <div className="blocked-images">
          <IconEyeOff size={17} aria-hidden="true" />
          <span>
            {isHiddenShown
              ? 'Struck through is what the sender hid in this mail.'
              : 'The sender hid some text in this mail.'}
          </span>
          <button type="button" className="text-button" onClick={() => setHiddenShown(!isHiddenShown)}>
            {isHiddenShown ? 'Hide it' : 'Show hidden text'}
          </button>
        </div>
      )}
      <div className="message__body">
        {message.kind === 'FORWARD' && (
          <p className="message__forwarded">{message.subject} – with the message itself</p>
        )}
        {message.kind === 'FORWARD' && !message.text.trim() ? null : view === 'html' && message.htmlUrl ? (
          <MailFrame url={query ? `${message.htmlUrl}?${query}` : message.htmlUrl} title={message.subject ?? 'Mail'} />
        ) : view === 'original' && message.rawUrl ? (
          <RawSource url={message.rawUrl} />
        ) : (
          <PlainText message={message} />
        )}
        {hasHtml && isInbound && <Views view={view} onView={setView} />}
      </div>
    </>
  );
}
