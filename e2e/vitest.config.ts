import { defineConfig } from 'vitest/config';

/** Whole journeys, two files at a time: each starts a built product, a real mail server and a browser of its own. */
export default defineConfig({
  test: {
    include: ['*.spec.ts'],
    environment: 'node',
    // A journey waits more than it works.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { concurrent: false },
    bail: 0,
  },
});
