// Builds the server with its libs, and the admin app from the committed schema. Says only what fails.
import { spawnSync } from 'node:child_process';

const steps = [
  ['npx', ['tsc', '-b', 'apps/server/tsconfig.build.json']],
  ['npm', ['run', 'build', '-w', '@support-center/admin', '--silent']],
];

for (const [command, args] of steps) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
