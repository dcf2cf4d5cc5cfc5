import { useMutation } from '@apollo/client/react';
import { type FocusEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { KeepWaitingDocument } from '../gql/graphql.ts';
import { secondsUntil } from './server-clock.ts';
import { refreshWaitingMails, type WaitingMail } from './use-waiting-mails.ts';

/** So little time is left when more is asked for. */
const ASK_AT_SECONDS = 3;

/**
 * Lets a mail wait while the mouse rests on its countdown or the keyboard's focus is in it, so that it does not go under
 * the hand of who is about to take it back. The server grants each time some seconds, and no more after two minutes.
 */
export function useKeepWaiting(mail: WaitingMail, seconds: number) {
  const [hasMouse, setMouse] = useState(false);
  const [hasFocus, setFocus] = useState(false);
  const [isSpent, setSpent] = useState(false);
  const [keep] = useMutation(KeepWaitingDocument);
  const isAsking = useRef(false);
  const lastPlace = useRef<string | null>(null);
  const isKept = (hasMouse || hasFocus) && !isSpent;
  const { undoUntil } = mail;
  const messageId = mail.message.id;
  useEffect(() => {
    // `seconds` only wakes this up: it is a tick late when more time was just granted.
    if (!isKept || isAsking.current || seconds === 0 || secondsUntil(undoUntil) > ASK_AT_SECONDS) return;
    isAsking.current = true;
    keep({ variables: { input: { messageId } } })
      .then(
        ({ data }) => {
          if (data && Date.parse(data.keepWaiting.undoUntil) <= Date.parse(undoUntil)) setSpent(true);
        },
        () => setSpent(true),
      )
      .finally(() => {
        isAsking.current = false;
        refreshWaitingMails();
      });
  }, [isKept, seconds, keep, messageId, undoUntil]);
  return {
    isKept,
    handlers: {
      // Only a mouse that is moved here: the countdown may appear under one that has just pressed Send.
      onPointerMove: ({ pointerType, clientX, clientY }: PointerEvent) => {
        const place = `${clientX} ${clientY}`;
        if (pointerType === 'mouse' && (lastPlace.current ?? place) !== place) setMouse(true);
        lastPlace.current = place;
      },
      onPointerLeave: () => {
        lastPlace.current = null;
        setMouse(false);
      },
      onFocus: (event: FocusEvent) => setFocus(event.target.matches(':focus-visible')),
      onBlur: () => setFocus(false),
    },
  };
}
