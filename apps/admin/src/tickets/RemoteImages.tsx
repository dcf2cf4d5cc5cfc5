import { useMutation } from '@apollo/client/react';
import { IconPhoto, IconPhotoOff } from '@tabler/icons-react';
import { explain } from '../apollo/errors.ts';
import { type MessageCardFragment, ShowSenderImagesDocument } from '../gql/graphql.ts';
import { plural } from '../ui/format.ts';
import { sayFailed } from '../ui/undo.tsx';

interface RemoteImagesProps {
  message: MessageCardFragment;
  areShown: boolean;
  onShowOnce: () => void;
  onHide: () => void;
}

/** What became of a mail's remote images, who would load them, and the choice. A letter that came encrypted leaves none. */
export function RemoteImages({ message, areShown, onShowOnce, onHide }: RemoteImagesProps) {
  const [setAlways, { loading }] = useMutation(ShowSenderImagesDocument);
  const count = message.blockedImages;
  const always = (isWished: boolean) =>
    setAlways({ variables: { input: { messageId: message.id, always: isWished } } }).then(
      () => {
        if (!isWished) onHide();
      },
      (error: unknown) => sayFailed(explain(error).message),
    );
  if (message.pgp?.encrypted || message.pgp?.decrypted) {
    return (
      <div className="blocked-images">
        <IconPhotoOff size={17} aria-hidden="true" />
        <span>
          {plural(count, 'remote image')} {count === 1 ? 'is' : 'are'} never loaded: this mail came encrypted, and
          loading could give its words away.
        </span>
      </div>
    );
  }
  if (areShown) {
    return (
      <div className="blocked-images">
        <IconPhoto size={17} aria-hidden="true" />
        <span>Remote images are shown. Your browser loads them, so the sender can see that you opened this mail.</span>
        <button
          type="button"
          className="text-button"
          disabled={loading}
          onClick={() => (message.showsSenderImages ? void always(false) : onHide())}
        >
          {message.showsSenderImages ? 'Stop for this sender' : 'Block again'}
        </button>
      </div>
    );
  }
  return (
    <div className="blocked-images">
      <IconPhotoOff size={17} aria-hidden="true" />
      <span title="Shown images are loaded by your browser from the sender’s server.">
        {plural(count, 'remote image')} {count === 1 ? 'is' : 'are'} blocked, so the sender cannot see that you opened
        this mail.
      </span>
      <div className="blocked-images__choices">
        <button type="button" className="text-button" onClick={onShowOnce}>
          Show once
        </button>
        {message.from && (
          <button type="button" className="text-button" disabled={loading} onClick={() => void always(true)}>
            Always for this sender
          </button>
        )}
      </div>
    </div>
  );
}
