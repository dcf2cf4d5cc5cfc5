import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** One copy of graphql, the one that Node gives to the packages too: its classes are told apart by identity. */
const graphql = fileURLToPath(new URL('./node_modules/graphql/index.js', import.meta.url));
const source = {
  resolve: { conditions: ['source'], alias: [{ find: /^graphql$/, replacement: graphql }] },
  ssr: { resolve: { conditions: ['source'] } },
};

/** The whole suite: pure tests of the libs, server tests on every database at hand, admin tests in a simulated page. */
export default defineConfig({
  test: {
    // By default one core is left free, which on a machine of two is half of it.
    maxWorkers: '100%',
    projects: [
      {
        ...source,
        test: {
          name: 'libs',
          isolate: false,
          include: ['libs/*/src/**/*.test.ts', 'libs/*/testing/**/*.test.ts'],
          environment: 'node',
        },
      },
      {
        ...source,
        test: {
          name: 'server',
          // The entities and the schema are loaded, and the databases made, once a process and not once a file.
          isolate: false,
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
