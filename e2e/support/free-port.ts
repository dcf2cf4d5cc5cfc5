import { createServer } from 'node:net';

/** Below the ports that Linux gives to clients: none of them takes the port while its server is down. */
const LOWEST = 12_000;
const HIGHEST = 32_000;

/** A port of loopback that nobody uses now. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, () => server.close(() => resolve(true)));
  });
}
