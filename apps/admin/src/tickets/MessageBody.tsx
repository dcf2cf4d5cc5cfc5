import { IconPhotoOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { MessageCardFragment } from '../gql/graphql.ts';
import { plural } from '../ui/format.ts';
import { MailFrame } from './MailFrame.tsx';
import { OpenForReading, PgpSections } from './PgpBody.tsx';

type View = 'html' | 'text';

interface MessageBodyProps {
  message: MessageCardFragment;
  isOpen: boolean;
}

function BlockedImages({ count, onShow }: { count: number; onShow: (() => void) | null }) {
  return (
    <div className="blocked-images">
      <IconPhotoOff size={17} aria-hidden="true" />
      <span>
        {plural(count, 'remote image')} {count === 1 ? 'is' : 'are'} blocked, so the sender cannot see that you opened
        this mail.
      </span>
      {onShow ? (
        <button type="button" className="text-button" onClick={onShow}>
          Show once
        </button>
      ) : (
        <span>They stay so: this mail came encrypted.</span>
      )}
    </div>
  );
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

/** What was written: the mail as its sender formed it in a closed frame, or its words alone. */
export function MessageBody({ message, isOpen }: MessageBodyProps) {
  const hasHtml = message.htmlUrl !== null && message.kind === 'INBOUND';
  const [view, setView] = useState<View>(hasHtml && !message.newSender ? 'html' : 'text');
  const [withImages, setWithImages] = useState(false);
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
  return (
    <>
      {view === 'html' && message.blockedImages > 0 && !withImages && (
        <BlockedImages count={message.blockedImages} onShow={pgp?.decrypted ? null : () => setWithImages(true)} />
      )}
      <div className="message__body">
        {view === 'html' && message.htmlUrl ? (
          <MailFrame
            url={withImages ? `${message.htmlUrl}?images=1` : message.htmlUrl}
            title={message.subject ?? 'Mail'}
          />
        ) : (
          <PlainText message={message} />
        )}
        {hasHtml && (
          <button type="button" className="message__quiet" onClick={() => setView(view === 'html' ? 'text' : 'html')}>
            {view === 'html' ? 'Plain text' : 'Formatted mail'}
          </button>
        )}
      </div>
    </>
  );
}
