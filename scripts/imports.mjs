// Checks who imports whom: the order of the server's folders, the walls between libs and apps, and that there is no circle.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const SERVER_ORDER = [
  'platform',
  'accounts',
  'settings',
  'outbound',
  'knowledge-base',
  'tickets',
  'saved-replies',
  'intake',
  'mass-mail',
  'notifications',
  'webhooks',
  'health',
  'entities.ts',
  'schema.ts',
  'emit-schema.ts',
  'app.ts',
  'main.ts',
  'demo',
  'bench',
];
const ADMIN_GROUND = ['gql', 'ui', 'apollo', 'session'];
const ADMIN_TOP = ['routes.tsx', 'main.tsx', 'test'];
const FORBIDDEN_FOLDERS = new Set(['utils', 'common', 'helpers', 'shared']);

/** Every problem found under `root`, as sentences. */
export function importProblems(root) {
  const files = sourceFiles(root);
  const graph = new Map(files.map((file) => [file, importsOf(file)]));
  return [...forbiddenFolders(root, files), ...orderProblems(root, graph), ...circles(root, graph)];
}

function sourceFiles(root) {
  const found = [];
  const walk = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory() && !['node_modules', 'dist', 'gql', 'fixtures', 'sets'].includes(entry.name)) walk(path);
      else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts')) found.push(path);
    }
  };
  for (const top of ['libs', 'apps', 'e2e']) walk(join(root, top));
  return found;
}

function importsOf(file) {
  const text = readFileSync(file, 'utf8');
  return [
    ...text.matchAll(
      /(?:^|\n)\s*(?:import|export)\s[^'";]*?from\s+'([^']+)'|(?:^|\n)\s*import\s+'([^']+)'|import\('([^']+)'\)/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? match[3]);
}

function targetOf(file, specifier) {
  if (!specifier.startsWith('.')) return null;
  return resolve(dirname(file), specifier);
}

function isTest(file) {
  return /\.test\.tsx?$/.test(file) || /apps\/server\/test\//.test(file);
}

function forbiddenFolders(root, files) {
  const folders = new Set(files.flatMap((file) => relative(root, dirname(file)).split('/')));
  return [...folders]
    .filter((name) => FORBIDDEN_FOLDERS.has(name))
    .map((name) => `a folder named ${name} refuses to say what it holds`);
}

function orderProblems(root, graph) {
  const problems = [];
  const say = (file, what) => problems.push(`${relative(root, file)} imports ${what}`);
  for (const [file, specifiers] of graph) {
    const from = relative(root, file).split('/');
    for (const specifier of specifiers) {
      const target = targetOf(file, specifier);
      const to = target ? relative(root, target).split('/') : null;
      if (from[0] === 'libs') {
        if (specifier.startsWith('@support-center/')) say(file, `${specifier}: a lib imports no other lib`);
        if (to && (to[0] !== 'libs' || to[1] !== from[1])) say(file, `${to.join('/')}: a lib imports only itself`);
      } else if (from[1] === 'server' && from[2] === 'src') {
        if (to && (to[0] !== 'apps' || to[1] !== 'server')) say(file, `${to.join('/')}: outside the server`);
        if (to && !isTest(file)) serverOrder(file, from[3], to, say);
        if (!isTest(file) && /\/testing$/.test(specifier)) say(file, `${specifier}: for tests only`);
      } else if (from[1] === 'admin' && from[2] === 'src') {
        if (specifier.startsWith('@support-center/')) say(file, `${specifier}: the admin knows only the schema`);
        if (to && (to[1] !== 'admin' || to[0] !== 'apps')) say(file, `${to.join('/')}: outside the admin app`);
        if (to && !isTest(file)) adminOrder(file, from[3], to[3], say);
      } else if (from[0] === 'e2e') {
        if (to && to[0] !== 'e2e') say(file, `${to.join('/')}: e2e knows only the running product`);
        if (specifier.startsWith('@support-center/') && !specifier.endsWith('/testing')) say(file, specifier);
      }
    }
  }
  return problems;
}

function serverOrder(file, from, to, say) {
  if (to[2] !== 'src') return say(file, `${to.join('/')}: for tests only`);
  const [mine, theirs] = [SERVER_ORDER.indexOf(from), SERVER_ORDER.indexOf(to[3])];
  if (mine === -1) say(file, `something, but "${from}" has no place in the order of folders`);
  else if (theirs === -1) say(file, `${to.join('/')}, which has no place in the order of folders`);
  else if (theirs > mine) say(file, `${to.slice(3).join('/')}: ${from} may not lean on ${to[3]}`);
}

function adminOrder(file, from, to, say) {
  if (from === to || ADMIN_TOP.includes(from)) return;
  const ground = ADMIN_GROUND.indexOf(from);
  const theirs = ADMIN_GROUND.indexOf(to);
  if (theirs === -1) say(file, `${to}: features link to one another's routes instead`);
  else if (ground !== -1 && theirs > ground) say(file, `${to}: ${from} may not lean on ${to}`);
}

function circles(root, graph) {
  const problems = [];
  const state = new Map();
  const visit = (file, path) => {
    state.set(file, 'open');
    for (const specifier of graph.get(file) ?? []) {
      const target = targetOf(file, specifier);
      if (!target || !graph.has(target)) continue;
      if (state.get(target) === 'open') {
        const circle = [...path.slice(path.indexOf(target)), target].map((step) => relative(root, step));
        problems.push(`a circle of imports: ${circle.join(' -> ')}`);
      } else if (!state.has(target)) visit(target, [...path, target]);
    }
    state.set(file, 'done');
  };
  for (const file of graph.keys()) if (!state.has(file)) visit(file, [file]);
  return problems;
}

if (process.argv[1] && statSync(process.argv[1]).ino === statSync(new URL(import.meta.url)).ino) {
  const root = resolve(process.argv[2] ?? '.');
  const problems = importProblems(root);
  for (const problem of problems) console.error(problem);
  console.log(problems.length === 0 ? 'imports: in order, no circles' : `imports: ${problems.length} problems`);
  process.exit(problems.length === 0 ? 0 : 1);
}
