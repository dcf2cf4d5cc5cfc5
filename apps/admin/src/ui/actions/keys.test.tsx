import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listenToKeys } from './keys.ts';
import { type Action, useActions } from './registry.ts';

const done: string[] = [];
const action = (id: string, keys: string[], part: Partial<Action> = {}): Action => ({
  id,
  label: id,
  group: 'Test',
  keys,
  run: () => done.push(id),
  ...part,
});
function Page({ actions }: { actions: readonly Action[] }) {
  useActions(actions);
  return <input aria-label="Field" />;
}

let stop: () => void;
beforeEach(() => {
  done.length = 0;
  stop = listenToKeys(() => true);
});
afterEach(() => stop());

test('a key that is typed into the words of an editor does nothing elsewhere, and leaves it to the page', async () => {
  render(<Page actions={[action('search', ['/']), action('saved-replies', ['/'], { isTypedIntoWords: true })]} />);
  await userEvent.keyboard('/');
  expect(done).toEqual(['search']);
});

test('single keys do not act while one types; what works in fields does', async () => {
  const view = render(
    <Page actions={[action('close', ['E']), action('detach', ['Alt Enter'], { worksInFields: true })]} />,
  );
  await userEvent.type(view.getByLabelText('Field'), 'e{Alt>}{Enter}{/Alt}');
  expect(done).toEqual(['detach']);
});
