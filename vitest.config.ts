import { defineConfig } from 'vitest/config';

const source = { resolve: { conditions: ['source'] }, ssr: { resolve: { conditions: ['source'] } } };

/** The whole suite: pure tests of the libs, server tests on every database at hand, admin tests in a simulated page. */
export default defineConfig({
  test: {
    projects: [
      {
        ...source,
        test: {
          name: 'libs',
          include: ['libs/*/src/**/*.test.ts', 'libs/*/testing/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        ...source,
        test: {
          name: 'server',
          include: ['apps/server/src/**/*.test.ts'],
          environment: 'node',
          setupFiles: ['apps/server/test/setup.ts'],
          globalSetup: ['apps/server/test/databases.ts'],
          testTimeout: 20_000,
          hookTimeout: 60_000,
        },
      },
      'apps/admin/vite.config.ts',
    ],
  },
});
