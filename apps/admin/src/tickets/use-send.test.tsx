import { ApolloProvider } from '@apollo/client/react';
import { act, renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { createAnsweringClient, ServerRefusal } from '../test/answering-client.ts';
import { buildMessage } from '../test/factories.ts';
import { emptyDraft } from './reply-draft.ts';
import { useSend } from './use-send.ts';

const draft = { ...emptyDraft(false), text: 'Hello', html: '<p>Hello</p>' };
const taken = () => ({ replyToTicket: buildMessage({ id: 'm2', kind: 'REPLY' }) });

let tickets = 0;

function start(replyToTicket: () => Record<string, unknown> | Error) {
  const onSent = vi.fn();
  const { client, asked } = createAnsweringClient({
    ReplyToTicket: replyToTicket,
    ForwardMessage: () => ({ forwardMessage: buildMessage({ id: 'm4', kind: 'FORWARD' }) }),
    AddNote: () => ({ addNote: buildMessage({ id: 'm3', kind: 'NOTE' }) }),
  });
  const wrapper = ({ children }: { children: ReactNode }) => (
    <ApolloProvider client={client}>{children}</ApolloProvider>
  );
  const ticketId = `t${++tickets}`;
  const hook = renderHook(() => useSend({ ticketId, lastSeenMessageId: 'm1', onSent }), { wrapper });
  return {
    ...hook,
    asked,
    onSent,
    inputs: () => asked.map(({ variables }) => variables.input as Record<string, unknown>),
  };
}

test('two quick commands send one reply', async () => {
  const { result, asked, onSent } = start(taken);
  await act(async () => {
    await Promise.all([result.current.send(draft), result.current.send(draft)]);
  });
  expect(asked).toHaveLength(1);
  expect(onSent).toHaveBeenCalledTimes(1);
});

test('a try after a failure carries the same key, so the server can tell', async () => {
  let isDown = true;
  const { result, inputs, onSent } = start(() => (isDown ? new Error('down') : taken()));
  await act(() => result.current.send(draft));
  expect(onSent).not.toHaveBeenCalled();
  expect(result.current.trouble?.isConflict).toBe(false);
  isDown = false;
  await act(() => result.current.send(draft));
  expect(inputs()[0]?.idempotencyKey).toBe(inputs()[1]?.idempotencyKey);
  expect(onSent).toHaveBeenCalledTimes(1);
});

test('a letter that came meanwhile stops the reply until the writer insists', async () => {
  const { result, inputs } = start(() => new ServerRefusal('A newer message has come in.', 'CONFLICT'));
  await act(() => result.current.send(draft));
  expect(result.current.trouble?.isConflict).toBe(true);
  expect(inputs()[0]?.lastSeenMessageId).toBe('m1');
  await act(() => result.current.send(draft, { isAnyway: true }));
  expect(inputs()[1]?.lastSeenMessageId).toBeNull();
});

test('an answer of this window does not stop its next one', async () => {
  const { result, inputs } = start(taken);
  await act(() => result.current.send(draft));
  await act(() => result.current.send({ ...draft, text: 'More', key: 'k2' }));
  expect(inputs().map(({ lastSeenMessageId }) => lastSeenMessageId)).toEqual(['m1', 'm2']);
});

test('a note is never sent as a reply', async () => {
  const { result, asked } = start(taken);
  await act(() => result.current.send({ ...draft, isNote: true }, { thenStatus: 'CLOSED' }));
  expect(asked.map(({ name }) => name)).toEqual(['AddNote']);
});

test('an empty text is not sent', async () => {
  const { result, asked } = start(taken);
  await act(() => result.current.send({ ...draft, text: '  \n' }));
  expect(asked).toHaveLength(0);
});

test('a forwarded message goes with its recipients and without what was left out; it needs no words', async () => {
  const { result, asked, inputs } = start(taken);
  const files = [{ id: 'f1', name: 'a.pdf', mimeType: 'application/pdf', sizeBytes: 1, isPicture: false }];
  const people = { to: ['maker@pumps.example'], cc: ['b@acme.example'] };
  await act(() =>
    result.current.send({ ...emptyDraft(false), ...people, forwardOfId: 'm1', leftOutIds: ['x'], files }),
  );
  expect(asked.map(({ name }) => name)).toEqual(['ForwardMessage']);
  expect(inputs()[0]).toMatchObject({
    messageId: 'm1',
    ...people,
    leftOutIds: ['x'],
    attachmentIds: ['f1'],
    text: null,
  });
});

test('words that were changed after a lost answer are a reply of their own once the writer insists', async () => {
  const spent = new ServerRefusal('This idempotency key was used for another reply. Nothing was sent.', 'CONFLICT');
  const { result, inputs } = start(() => spent);
  await act(() => result.current.send(draft));
  await act(() => result.current.send(draft, { isAnyway: true }));
  await act(() => result.current.send(draft, { isAnyway: true }));
  const keys = inputs().map(({ idempotencyKey }) => idempotencyKey);
  expect([new Set(keys).size, keys[1]]).toEqual([2, keys[2]]);
});
