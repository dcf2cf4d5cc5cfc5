import { MantineProvider } from '@mantine/core';
import { render } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LinePlot } from './LinePlot.tsx';

test('every line has its name inside the plot, also where several end at nothing', () => {
  const series = ['Shown', 'Inserted', 'Sent unchanged', 'Not useful'].map((name) => ({ name, values: [0, 0] }));
  const { container } = render(
    <MantineProvider>
      <LinePlot labels={['a', 'b']} series={series} summary="Nothing yet" />
    </MantineProvider>,
  );
  const height = Number(container.querySelector('svg')!.getAttribute('viewBox')!.split(' ')[3]);
  const places = [...container.querySelectorAll('.plot__series text')].map((word) => Number(word.getAttribute('y')));
  expect(places).toHaveLength(4);
  const sorted = [...places].sort((a, b) => a - b);
  expect(sorted.at(-1)!).toBeLessThanOrEqual(height);
  for (const [at, place] of sorted.entries()) if (at > 0) expect(place - sorted[at - 1]!).toBeGreaterThanOrEqual(14);
});
