// Everything that can be said of the code without running the product: types, lint, import order, schema and codegen in step, unused code.
import { spawnSync } from 'node:child_process';

const steps = [
  ['build of the libs and the server', 'npx', ['tsc', '-b', 'apps/server/tsconfig.build.json']],
  ...['libs/pop3', 'libs/mail', 'libs/pgp', 'libs/suggest', 'apps/server'].map((part) => [
    `types of ${part}`,
    'npx',
    ['tsc', '-p', `${part}/tsconfig.json`],
  ]),
  ['lint and format', 'npx', ['biome', 'ci', '.', '--diagnostic-level=error', '--colors=off']],
  ['import order', 'node', ['scripts/imports.mjs']],
  ['schema.graphql in step with the server', 'node', ['scripts/schema-in-step.mjs']],
  [
    'operations of the admin app in step with the schema',
    'npm',
    ['run', 'codegen', '-w', '@support-center/admin', '--silent'],
  ],
  ['types of apps/admin', 'npx', ['tsc', '-p', 'apps/admin/tsconfig.json']],
  ['types of e2e', 'npx', ['tsc', '-p', 'e2e/tsconfig.json']],
  ['unused files and packages', 'npx', ['knip', '--no-progress']],
];

let failed = 0;
for (const [name, command, args] of steps) {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  console.log(`${status === 0 ? 'ok  ' : 'FAIL'}  ${name}`);
  if (status !== 0) {
    failed++;
    console.log(`${stdout}${stderr}`.trim());
  }
}
console.log(`${steps.length - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
