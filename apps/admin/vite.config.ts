import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';

const server = process.env.SERVER_URL ?? 'http://127.0.0.1:4000';
const toServer = { target: server, changeOrigin: false };

/** The build of the admin app, its development server in front of the product, and its component tests. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
  },
  server: {
    host: '127.0.0.1',
    port: 5173,
    proxy: { '/graphql': { ...toServer, ws: true }, '/a/': toServer, '/m/': toServer, '/raw/': toServer },
  },
  test: {
    name: 'admin',
    environment: 'happy-dom',
    // The page and its parts are loaded once a process and not once a file; so nobody replaces a module, and what is
    // put in place of something global goes again.
    isolate: false,
    unstubGlobals: true,
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx'],
    testTimeout: 30_000,
    setupFiles: ['src/test/setup.ts'],
    // Styles are read as text where a test asks for their words, and not at all else.
    css: { include: [/\?raw$/] },
  },
});
