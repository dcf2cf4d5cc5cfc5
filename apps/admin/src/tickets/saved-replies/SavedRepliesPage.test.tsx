import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { type Answers, ServerRefusal } from '../../test/answering-client.ts';
import { renderApp } from '../../test/render-with-apollo.tsx';

interface Reply {
  id: string;
  name: string;
  reach: 'EVERYBODY' | 'MINE';
  html: string;
}
const line = ({ id, name, reach, html }: Reply) => ({
  __typename: 'SavedReply',
  id,
  name,
  reach,
  html,
  excerpt: html.replace(/<[^>]*>/g, ''),
  version: 1,
  updatedAt: '2026-11-01T10:00:00.000Z',
  updatedBy: { __typename: 'Agent', id: 'a2', name: 'Clara' },
});

/** The page over a server that keeps these saved replies, two in a window. */
async function open(kept: Reply[], answers: Answers = {}, path = '/saved-replies') {
  const app = renderApp(path, {
    SavedReplies: ({ after }) => {
      const from = after ? Number(after) : 0;
      return {
        savedReplies: {
          __typename: 'SavedReplyConnection',
          nodes: kept.slice(from, from + 2).map(line),
          totalCount: kept.length,
          pageInfo: { __typename: 'PageInfo', endCursor: String(from + 2), hasNextPage: kept.length > from + 2 },
        },
      };
    },
    SavedReply: ({ id }) => {
      const found = kept.find((reply) => reply.id === id);
      return { savedReply: found ? line(found) : null };
    },
    SavedReplyPlaceholders: () => ({
      savedReplyPlaceholders: [{ __typename: 'Placeholder', name: 'number', description: "The ticket's number" }],
    }),
    SaveSavedReply: ({ input }) => {
      const reply = { ...(input as Reply), id: `new${kept.length}` };
      kept.push(reply);
      return { saveSavedReply: line(reply) };
    },
    DeleteSavedReply: ({ input }) => {
      const at = kept.findIndex(({ id }) => id === (input as { savedReplyId: string }).savedReplyId);
      return { deleteSavedReply: line(kept.splice(at, 1)[0]!) };
    },
    ...answers,
  });
  await screen.findByRole('heading', { name: 'Saved replies', level: 1 });
  return app;
}
const shipping: Reply = { id: 's1', name: 'Shipping', reach: 'EVERYBODY', html: '<p>It is on its <b>way</b>.</p>' };
const thanks: Reply = { id: 's2', name: 'Thanks', reach: 'MINE', html: '<p>Thank you.</p>' };
const address: Reply = { id: 's3', name: 'Address', reach: 'EVERYBODY', html: '<p>Main street 1.</p>' };
const namesIn = (group: string) =>
  within(screen.getByRole('region', { name: group }))
    .getAllByRole('button', { expanded: false })
    .map((button) => button.querySelector('strong')?.textContent);

test('all of them are there by name, those of everybody and ones own apart, and can be searched', async () => {
  await open([shipping, thanks, address]);
  await waitFor(() => expect(namesIn('For everybody')).toEqual(['Address', 'Shipping']));
  expect(namesIn('Only for me')).toEqual(['Thanks']);
  await userEvent.type(screen.getByLabelText('Search saved replies'), 'main');
  expect(namesIn('For everybody')).toEqual(['Address']);
  expect(screen.queryByRole('region', { name: 'Only for me' })).toBeNull();
});

test('one is read whole where it stands, by an address that can be passed on', async () => {
  await open([shipping], {}, '/saved-replies?open=s1');
  expect((await screen.findByText('way')).tagName).toBe('B');
  await userEvent.click(screen.getByRole('button', { name: /^Shipping/ }));
  await waitFor(() => expect(screen.queryByText('way')).toBeNull());
});

test('a deleted one is gone at once and can be brought back as it stood', async () => {
  const { asked } = await open([shipping], {}, '/saved-replies?open=s1');
  await userEvent.click(await screen.findByRole('button', { name: 'Delete Shipping' }));
  await screen.findByText('No saved replies yet');
  const { undoLast } = await import('../../ui/undo.tsx');
  undoLast();
  await screen.findByRole('button', { name: /^Shipping/ });
  expect(asked.find(({ name }) => name === 'SaveSavedReply')?.variables).toEqual({
    input: { name: 'Shipping', reach: 'EVERYBODY', html: shipping.html },
  });
});

test('a new one is for its writer alone unless it is said otherwise, and stands in the list once it is saved', async () => {
  const { asked } = await open([]);
  await screen.findByText('No saved replies yet');
  await userEvent.click(screen.getByRole('button', { name: 'New saved reply' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Refund');
  await userEvent.click(await screen.findByRole('button', { name: /^Insert \{\{number\}\}/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByRole('region', { name: 'Only for me' });
  expect(asked.find(({ name }) => name === 'SaveSavedReply')?.variables).toEqual({
    input: { name: 'Refund', reach: 'MINE', html: '<p>{{number}}</p>' },
  });
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('what the server has against it stands at its field, and the words stay', async () => {
  await open([shipping], {
    SaveSavedReply: () =>
      new ServerRefusal('Taken.', 'INVALID_INPUT', [{ path: 'name', message: 'There is one already.' }]),
  });
  await userEvent.click(screen.getByRole('button', { name: 'New saved reply' }));
  await userEvent.type(await screen.findByLabelText('Name'), 'Shipping');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('There is one already.')).toBeDefined();
  expect(screen.getByLabelText<HTMLInputElement>('Name').value).toBe('Shipping');
});

test('when the list cannot be read, the page says so and asks again', async () => {
  let isDown = true;
  const answer = () => ({
    savedReplies: {
      __typename: 'SavedReplyConnection',
      nodes: [line(shipping)],
      totalCount: 1,
      pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
    },
  });
  await open([], { SavedReplies: () => (isDown ? new ServerRefusal('Not now.', 'UNAVAILABLE') : answer()) });
  await screen.findByText('Not now.');
  isDown = false;
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('button', { name: /^Shipping/ })).toBeDefined();
});
