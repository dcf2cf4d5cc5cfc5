import { useMutation } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { explain, type FieldError } from '../apollo/errors.ts';
import { type CampaignDraftFieldsFragment, SaveCampaignDocument, type SaveCampaignInput } from '../gql/graphql.ts';

const SAVE_AFTER_MS = 800;

/** What an administrator writes of a mailing. */
export type Message = Pick<CampaignDraftFieldsFragment, 'from' | 'subject' | 'text' | 'html'>;

/** Where the saving stands. */
export type SaveState = 'SAVED' | 'WAITING' | 'FAILED';

/** A draft that saves itself soon after each change; `flush` does so now and says whether all is saved. */
export function useCampaignDraft(campaign: CampaignDraftFieldsFragment) {
  const { id } = campaign;
  const [message, setMessage] = useState<Message>(() => campaign);
  const [state, setState] = useState<SaveState>('SAVED');
  const [errors, setErrors] = useState<FieldError[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [save] = useMutation(SaveCampaignDocument);
  const pending = useRef<Partial<Message>>({});
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const flush = useCallback(async (): Promise<boolean> => {
    clearTimeout(timer.current);
    const changes = pending.current;
    if (Object.keys(changes).length === 0) return true;
    pending.current = {};
    try {
      await save({ variables: { input: { id, ...changes } satisfies SaveCampaignInput } });
      setErrors([]);
      setFailure(null);
      setState(Object.keys(pending.current).length === 0 ? 'SAVED' : 'WAITING');
      return true;
    } catch (error) {
      const { fields, message: sentence } = explain(error);
      pending.current = { ...changes, ...pending.current };
      setErrors(fields);
      setFailure(fields.length === 0 ? sentence : null);
      setState('FAILED');
      return false;
    }
  }, [id, save]);

  const change = useCallback(
    (changes: Partial<Message>) => {
      setMessage((now) => ({ ...now, ...changes }));
      pending.current = { ...pending.current, ...changes };
      setState('WAITING');
      clearTimeout(timer.current);
      timer.current = setTimeout(() => void flush(), SAVE_AFTER_MS);
    },
    [flush],
  );
  // What was typed last leaves with the page.
  useEffect(() => () => void flush(), [flush]);
  return { message, change, flush, state, errors, failure };
}
