import type { AddressInfo } from 'node:net';
import { createPubSub } from '@graphql-yoga/subscription';
import { GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { describeEachDatabase } from '../../test/context.ts';
import type { Actor } from './context.ts';
import { SOCKET_LIMITS } from './graphql-sockets.ts';
import { makeHttp } from './http.ts';

const AGENT: Actor = { kind: 'agent', agentId: 'a', sessionId: 's', role: 'ASSISTANT' };
const text = new GraphQLNonNull(GraphQLString);

/** A desk with one subscription: `word` says what was published, as whom it was made; "bug" breaks it. */
function schemaOf(hub: ReturnType<typeof createPubSub<{ word: [string] }>>): GraphQLSchema {
  const query = new GraphQLObjectType({ name: 'Query', fields: { hello: { type: text, resolve: () => 'hi' } } });
  const subscription = new GraphQLObjectType({
    name: 'Subscription',
    fields: {
      word: {
        type: text,
        subscribe: () => hub.subscribe('word'),
        resolve: (word: string, _args, ctx: { actor: Actor }) => {
          if (word === 'bug') throw new Error('canary of a bug');
          return `${word} for ${ctx.actor.kind}`;
        },
      },
    },
  });
  return new GraphQLSchema({ query, subscription });
}

describeEachDatabase('subscriptions over a socket', (world) => {
  let actor: Actor;
  let hub: ReturnType<typeof createPubSub<{ word: [string] }>>;
  let url: string;
  let close: () => Promise<void>;

  beforeEach(async () => {
    actor = AGENT;
    hub = createPubSub<{ word: [string] }>();
    const http = await makeHttp(world().services, {
      schema: schemaOf(hub),
      authenticate: async (_services, { authorization, cookie }) =>
        authorization === 'Bearer good' || cookie === 'good' ? actor : { kind: 'anonymous' },
      routes: [],
    });
    await http.app.listen({ host: '127.0.0.1', port: 0 });
    url = `ws://127.0.0.1:${(http.app.server.address() as AddressInfo).port}/graphql`;
    close = http.close;
  });
  afterEach(() => close());

  /** Opens a socket and signs in on it; `heard` collects what comes. */
  async function open(headers: Record<string, string> = { cookie: 'good' }, params?: object) {
    const socket = new WebSocket(url, 'graphql-transport-ws', { headers });
    const heard: { type: string; id?: string; payload?: unknown }[] = [];
    const waiting: (() => void)[] = [];
    socket.on('message', (data) => {
      heard.push(JSON.parse(String(data)));
      for (const wake of waiting.splice(0)) wake();
    });
    const closed = new Promise<number>((resolve) => socket.on('close', (code) => resolve(code)));
    const failed = new Promise<string>((resolve) => socket.on('error', (error) => resolve(error.message)));
    const say = (message: object) => socket.send(JSON.stringify(message));
    const hear = async (type: string, count = 1) => {
      while (heard.filter((message) => message.type === type).length < count) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
      return heard.filter((message) => message.type === type).at(-1)!;
    };
    const opened = new Promise<boolean>((resolve) => {
      socket.on('open', () => resolve(true));
      socket.on('error', () => resolve(false));
    });
    if (await opened) say({ type: 'connection_init', ...(params ? { payload: params } : {}) });
    const subscribe = (id: string, query = 'subscription { word }') =>
      say({ type: 'subscribe', id, payload: { query } });
    return { socket, say, hear, heard, closed, failed, subscribe };
  }
  /** Publishes until it is heard: a subscription begins a moment after it was asked for. */
  async function publishUntil<T>(word: string, done: Promise<T>): Promise<T> {
    const timer = setInterval(() => hub.publish('word', word), 10);
    return done.finally(() => clearInterval(timer));
  }

  test('carries events to a cookie and to a token', async () => {
    for (const line of [await open(), await open({}, { authorization: 'Bearer good' })]) {
      await line.hear('connection_ack');
      line.subscribe('1');
      const event = await publishUntil('news', line.hear('next'));
      expect(event.payload).toEqual({ data: { word: 'news for agent' } });
      line.socket.terminate();
    }
  });

  test('does not open for a page of another site or a foreign host', async () => {
    expect(await (await open({ cookie: 'good', origin: 'https://evil.example' })).failed).toContain('403');
    expect(await (await open({ cookie: 'good', host: 'evil.example' })).failed).toContain('403');
  });

  test('closes for nobody, and for a wrong token even with a good cookie beside it', async () => {
    expect(await (await open({})).closed).toBe(4403);
    expect(await (await open({ cookie: 'good' }, { authorization: 'Bearer bad' })).closed).toBe(4403);
  });

  test('makes no event any more for somebody who was signed out meanwhile', async () => {
    const line = await open();
    await line.hear('connection_ack');
    line.subscribe('1');
    await publishUntil('news', line.hear('next'));
    actor = { kind: 'anonymous' };
    await publishUntil('secret', line.hear('complete'));
    // What was known of the actor half a second ago may still count; then nothing does.
    const last = line.heard.length;
    hub.publish('word', 'secret');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(line.heard).toHaveLength(last);
    line.socket.terminate();
  });

  test('shows a bug as a reference only', async () => {
    const line = await open();
    await line.hear('connection_ack');
    line.subscribe('1');
    const event = await publishUntil('bug', line.hear('next'));
    expect(event.payload).toMatchObject({ errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL' } }] });
    expect(JSON.stringify(line.heard)).not.toContain('canary');
    line.socket.terminate();
  });

  test('takes subscriptions only, within the limits of every operation', async () => {
    const line = await open();
    await line.hear('connection_ack');
    const wrong = [
      '{ hello }',
      'subscription { nothing }',
      'subscription {',
      `subscription { word } #${'x'.repeat(15_000)}`,
    ];
    for (const [n, query] of wrong.entries()) {
      line.subscribe(String(n), query);
      const answer = await line.hear('error', n + 1);
      expect(answer.payload).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    }
    line.socket.terminate();
  });

  test(`holds ${SOCKET_LIMITS.subscriptions} subscriptions, and closes at one more`, async () => {
    const line = await open();
    await line.hear('connection_ack');
    for (let n = 0; n < SOCKET_LIMITS.subscriptions; n++) line.subscribe(String(n));
    await publishUntil('news', line.hear('next', SOCKET_LIMITS.subscriptions));
    line.subscribe('one too many');
    expect(await line.closed).toBe(4429);
  });

  test('closes at a message that is too long, and at one it does not know', async () => {
    const long = await open();
    await long.hear('connection_ack');
    long.subscribe('1', `subscription { word } #${'x'.repeat(SOCKET_LIMITS.messageBytes)}`);
    expect(await long.closed).toBe(1009);
    const strange = await open();
    await strange.hear('connection_ack');
    strange.say({ type: 'clients' });
    expect(await strange.closed).toBe(4400);
  });
});
