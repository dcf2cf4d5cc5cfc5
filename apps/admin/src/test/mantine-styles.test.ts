/// <reference types="vite/client" />
import { expect, test } from 'vitest';

/** Parts whose styles Mantine keeps under the name of the part. */
const WITH_STYLES = Object.keys(import.meta.glob('../../../../node_modules/@mantine/core/styles/*.css')).map(
  (file) => /([^/]+)\.css$/.exec(file)![1]!,
);

test('every part of Mantine that the app uses has its styles loaded', () => {
  const sources = Object.values(
    import.meta.glob<string>(['../**/*.tsx', '!../**/*.test.tsx'], {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  );
  const styles = Object.values(
    import.meta.glob<string>('../**/*.css', {
      query: '?raw',
      import: 'default',
      eager: true,
    }),
  ).join('');
  const used = sources.flatMap((source) =>
    [...source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, names]) => names!.split(/[\s,]+/)),
  );
  expect(used).toContain('Menu');
  const bare = used.filter((name) => WITH_STYLES.includes(name) && !styles.includes(`/styles/${name}.css"`));
  expect([...new Set(bare)]).toEqual([]);
});
