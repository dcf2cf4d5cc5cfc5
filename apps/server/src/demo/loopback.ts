import type { Server } from 'node:net';

/** A server of the demo that listens. */
export interface RunningServer {
  readonly port: number;
  stop(): Promise<void>;
}

/** Listens on 127.0.0.1 alone; 0 takes any free port. Returns the port. @throws Error naming the port that is taken */
export async function listenOnLoopback(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`Port ${port} cannot be used (${error.message}). End the program that holds it.`)),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/** Takes no more connections; `drop` ends those there are. */
export function closeServer(server: Server, drop: () => unknown): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    drop();
  });
}
