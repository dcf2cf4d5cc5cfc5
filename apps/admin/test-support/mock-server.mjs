// Serves the built app under the strict content policy of the product, with invented data behind /graphql.
// For screenshots and checks of the look only: node test-support/mock-server.mjs [port] [failing|empty|setup|signed-out]
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { buildSchema, graphql, parse, subscribe } from 'graphql';
import { useServer as serveSocket } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import * as data from './fixtures.mjs';
import { knowledgeRoot, suggestions } from './knowledge-fixtures.mjs';

const port = Number(process.argv[2] ?? 4100);
const mode = process.argv[3] ?? 'working';
const root = join(import.meta.dirname, '..');
const printed = join(root, '../../schema.graphql');
const schema = buildSchema(
  readFileSync(existsSync(printed) ? printed : join(root, 'src/gql/stand-in.graphql'), 'utf8'),
);
const policy =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; frame-src 'self'; font-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; require-trusted-types-for 'script'";
const mailPolicy =
  "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

const SECTION = { MAIN: 'OPEN', ANSWERED: 'ANSWERED', ON_HOLD: 'ON_HOLD' };
const all = mode === 'empty' ? [] : data.tickets;
const fits = (ticket, filter = {}) =>
  (!filter.section || ticket.status === SECTION[filter.section]) &&
  (!filter.status || filter.status.includes(ticket.status)) &&
  (!filter.assigneeId || ticket.assignee?.id === filter.assigneeId) &&
  (!filter.unassigned || !ticket.assignee) &&
  (!filter.highlighted || ticket.highlight) &&
  (!filter.search ||
    `${ticket.subject} ${ticket.requester.name} ${ticket.number}`.toLowerCase().includes(filter.search.toLowerCase()));

function windowOf(list, { first, after }) {
  const from = after ? Number(after) : 0;
  const nodes = list.slice(from, from + first);
  return {
    nodes,
    pageInfo: { endCursor: String(from + nodes.length), hasNextPage: from + nodes.length < list.length },
    totalCount: list.length,
  };
}
const written = new Map();
const withParts = (ticket) => {
  const messages = () => [...data.messagesOf(ticket), ...(written.get(ticket.id) ?? [])];
  return { ...ticket, messages: (args) => windowOf(messages(), args), suggestions: () => suggestions };
};
const find = ({ id, number }) => all.find((ticket) => ticket.id === id || ticket.number === number);
const change = (id, part) => Object.assign(find({ id }), part);
const write = (ticketId, kind, text) => {
  const message = {
    ...data.messagesOf(find({ id: ticketId }))[3],
    id: `w${Date.now()}`,
    kind,
    text,
    newText: text,
    createdAt: new Date().toISOString(),
    author: data.agents[0],
    delivery: kind === 'REPLY' ? 'QUEUED' : null,
  };
  written.set(ticketId, [...(written.get(ticketId) ?? []), message]);
  return message;
};
let viewer = mode === 'signed-out' || mode === 'setup' ? null : data.agents[0];
const signInAs = (agent) => {
  viewer = agent;
  return viewer;
};
const settings = { ...data.settings };
const mailbox =
  mode === 'failing'
    ? {
        ...data.mailbox,
        state: 'FAILING',
        reason: 'The server refused the password. Check it, or create an app password.',
      }
    : data.mailbox;
const count = (filter) => all.filter((ticket) => fits(ticket, filter)).length;

const rootValue = {
  viewer: () => viewer,
  setup: () => ({ required: mode === 'setup' && !viewer }),
  signIn: () => signInAs(data.agents[0]),
  completeSetup: () => signInAs(data.agents[0]),
  signOut: () => signInAs(null) === null,
  agents: () => data.agents,
  apiTokens: () => data.apiTokens,
  ticketCounts: () => ({ open: count({ section: 'MAIN' }), mine: 18, unassigned: 186, highlighted: 47 }),
  ticketSections: () =>
    Object.keys(SECTION).map((name) => ({
      name,
      totalCount: count({ section: name }),
      unreadCount: all.filter((ticket) => ticket.unread && fits(ticket, { section: name })).length,
      highlightedCount: count({ section: name, highlighted: true }),
    })),
  tickets: ({ filter, ...args }) =>
    windowOf(
      all.filter((ticket) => fits(ticket, filter ?? {})),
      args,
    ),
  ticket: (args) => (find(args) ? withParts(find(args)) : null),
  closeTicket: ({ input }) => change(input.ticketId, { status: 'CLOSED' }),
  reopenTicket: ({ input }) => change(input.ticketId, { status: 'OPEN' }),
  setTicketOnHold: ({ input }) => change(input.ticketId, { status: input.onHold ? 'ON_HOLD' : 'OPEN' }),
  assignTicket: ({ input }) =>
    change(input.ticketId, { assignee: data.agents.find(({ id }) => id === input.agentId) ?? null }),
  markTicketRead: ({ input }) => change(input.ticketId, { unread: !input.read }),
  replyToTicket: ({ input }) => write(input.ticketId, 'REPLY', input.text),
  addNote: ({ input }) => write(input.ticketId, 'NOTE', input.text),
  saveDraft: ({ input }) =>
    input.text ? { ...input, isNote: input.isNote ?? false, updatedAt: new Date().toISOString() } : null,
  ...knowledgeRoot,
  collection: () => [mailbox],
  collectNow: () => true,
  pauseCollection: ({ input }) => Object.assign(mailbox, { state: input.paused ? 'PAUSED' : 'WORKING' }),
  inboundMails: ({ filter, ...args }) =>
    windowOf(
      data.letters.filter((letter) => !filter?.fate || filter.fate.includes(letter.fate)),
      args,
    ),
  supportSettings: () => settings,
  saveSupportSettings: ({ input }) => Object.assign(settings, input),
  ...(mode === 'empty' ? { knowledgeBases: () => [] } : {}),
  testMailbox: () => ({
    ok: false,
    steps: [
      { name: 'Find the server', ok: true, message: 'mail.example.com is 192.0.2.7', durationMs: 12 },
      { name: 'Connect', ok: true, message: 'Port 995 answered', durationMs: 31 },
      {
        name: 'Secure the connection',
        ok: true,
        message: 'Certificate of mail.example.com, valid until 3 Mar 2027',
        durationMs: 44,
      },
      {
        name: 'Sign in',
        ok: false,
        message: 'The server refused the password. Check it, or create an app password.',
        durationMs: 210,
      },
    ],
  }),
  dryRunMail: () => ({
    fate: 'JOINED',
    reasons: ['joined #48209 by tag [#48209] in the subject', 'new sender: the address takes no part in the ticket'],
    warnings: ['same Message-ID as another letter: both are kept'],
    ticket: data.tickets[1],
    linkedTo: null,
    newSender: true,
    silent: false,
    confirmed: false,
    duplicateOf: null,
    kind: 'HUMAN',
    kindReason: 'no sign of a machine',
    from: 'ops@northwind.example',
    fromName: 'Northwind Operations',
    subject: 'Re: [#48209] Site down since 09:40',
    text: 'It is up again.\n\n> All three shops answer 502.',
    newText: 'It is up again.',
    attachments: [{ name: 'graph.png', sizeBytes: 48_000 }],
    notes: [],
  }),
  createApiToken: () => ({
    id: 'tok3',
    token: 'sc_live_4c1d0e9a7b22f0',
    expiresAt: new Date(Date.now() + 9e9).toISOString(),
  }),
  createAgent: ({ input }) => ({ id: 'a9', disabled: false, lastSeenAt: null, ...input }),
  updateAgent: ({ input }) => ({ ...data.agents.find(({ id }) => id === input.agentId), ...input }),
  revokeApiToken: ({ input }) => ({
    ...data.apiTokens.find(({ id }) => id === input.apiTokenId),
    revokedAt: new Date().toISOString(),
  }),
};

const types = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};

async function answerGraphql(request, response) {
  let body = '';
  for await (const chunk of request) body += chunk;
  const { query, variables, operationName } = JSON.parse(body);
  const result = await graphql({ schema, source: query, variableValues: variables, operationName, rootValue });
  if (result.errors)
    console.error(
      operationName,
      result.errors.map((error) => error.message),
    );
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify(result));
}

const server = createServer((request, response) => {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname === '/graphql') return void answerGraphql(request, response);
  if (url.pathname.startsWith('/m/')) {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': mailPolicy });
    return void response.end(data.mailDocument(url.searchParams.has('images')));
  }
  if (url.pathname.startsWith('/raw/'))
    return void response.end('Return-Path: <freya@northwind.example>\r\nSubject: Site down\r\n\r\nHello');
  const path = join(root, 'dist', url.pathname);
  const file =
    url.pathname !== '/' && existsSync(path) && statSync(path).isFile() ? path : join(root, 'dist/index.html');
  response.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
  });
  createReadStream(file).pipe(response);
});
const sockets = new WebSocketServer({ server, path: '/graphql' });
async function* changes() {
  await new Promise((resolve) => setTimeout(resolve, 86_400_000).unref());
  yield { ticketChanged: all[0] };
}
serveSocket(
  {
    schema,
    subscribe: () =>
      subscribe({
        schema,
        document: parse('subscription { ticketChanged { id } }'),
        rootValue: { ticketChanged: changes },
      }),
  },
  sockets,
);
server.listen(port, '127.0.0.1', () => console.log(`http://127.0.0.1:${port}`));
