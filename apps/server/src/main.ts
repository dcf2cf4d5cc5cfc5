import { startApp } from './app.ts';
import { ConfigError, loadConfig } from './platform/config.ts';

const STOP_MS = 30_000;

try {
  const app = await startApp(loadConfig(process.env));
  process.stdout.write(`\nSupport Center is ready on ${app.url}\n`);
  if (app.setupUrl) process.stdout.write(`Set it up here, once: ${app.setupUrl}\n`);

  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), STOP_MS).unref();
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        app.services.log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('uncaughtException', (error) => {
    app.services.log.error({ err: error }, 'a bug nobody caught; the process ends');
    process.exit(1);
  });
  process.on('unhandledRejection', (error) => {
    app.services.log.error({ err: error }, 'a bug nobody caught; the process ends');
    process.exit(1);
  });
} catch (error) {
  process.stderr.write(
    `The product could not start.\n${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
}
