// Fails when the committed schema.graphql is not what the server would print.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

const before = readFileSync('schema.graphql', 'utf8');
const { status, stderr } = spawnSync('node', ['apps/server/dist/emit-schema.js'], { encoding: 'utf8' });
if (status !== 0) {
  console.error(stderr);
  process.exit(1);
}
if (readFileSync('schema.graphql', 'utf8') !== before) {
  console.error('schema.graphql was not in step with the server. It has been printed anew: review and commit it.');
  process.exit(1);
}
