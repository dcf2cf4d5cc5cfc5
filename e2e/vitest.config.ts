import { defineConfig } from 'vitest/config';

/** Whole journeys, one file after the other: each starts the built product, a real mail server and a browser. */
export default defineConfig({
  test: {
    include: ['*.spec.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    sequence: { concurrent: false },
    bail: 0,
  },
});
