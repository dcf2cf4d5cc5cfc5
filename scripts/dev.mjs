// The server rebuilt and restarted on every change, and the admin app with hot reload on http://localhost:5173.
import { spawn, spawnSync } from 'node:child_process';

const built = spawnSync('npx', ['tsc', '-b', 'apps/server/tsconfig.build.json'], { stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 1);

const children = [
  spawn('npx', ['tsc', '-b', 'apps/server/tsconfig.build.json', '--watch', '--preserveWatchOutput'], {
    stdio: 'inherit',
  }),
  spawn('node', ['--watch', '--enable-source-maps', 'apps/server/dist/main.js'], { stdio: 'inherit' }),
  spawn('npm', ['run', 'dev', '-w', '@support-center/admin', '--silent'], { stdio: 'inherit' }),
];
const stop = () => {
  for (const child of children) child.kill('SIGTERM');
};
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) child.on('exit', (code) => code && stop());
