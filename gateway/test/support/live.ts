import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { publishMessage } from '@tributary/pubsub';
import { createTestRedis } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { type GatewayProcess, startGateway } from './gateway-process.ts';
import { createSubscriber, type Subscriber } from './subscriber.ts';
import { startTestSupergraph } from './test-supergraph.ts';
import { startTokenIssuer } from './token-issuer.ts';

export interface LiveOptions {
  /** The gateway's, so that clients find it again when it was killed. */
  port?: number;
  /** Of the gateway, beside what it needs. */
  environment?: Record<string, string>;
  /** What the gateway's file of settings holds. */
  configuration?: object;
}

/** A gateway with tokens, Redis and two subgraphs, and hands on all of them. */
export async function startLive({ port, configuration = {}, environment = {} }: LiveOptions = {}) {
  await using resources = new AsyncDisposableStack();
  const [supergraph, issuer, server] = await Promise.all([
    startTestSupergraph(),
    startTokenIssuer(),
    createTestRedis(),
  ]);
  resources.use(supergraph);
  resources.use(issuer);
  resources.use(server);
  const settings = join(dirname(supergraph.path), 'settings.json');
  await writeFile(settings, JSON.stringify(configuration));
  const start = () =>
    startGateway({
      supergraph: supergraph.path,
      environment: {
        ...issuer.environment,
        REDIS_URL: server.url,
        CONFIG: settings,
        ...environment,
      },
      ...(port !== undefined && { port }),
    });
  let gateway: GatewayProcess = await start();
  resources.defer(() => gateway[Symbol.asyncDispose]());
  const redis = resources.adopt(new Redis(server.url), (client) => client.disconnect());
  // Tests take Redis away; what matters is what the gateway makes of it.
  redis.on('error', () => {});
  const owned = resources.move();

  async function subscriberCount(channel: string): Promise<unknown> {
    const [, count] = await redis.pubsub('NUMSUB', channel);
    return count;
  }

  async function gauge(name: string): Promise<number> {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    return Number(new RegExp(`^${name}(?:{.*})? (\\d+)`, 'm').exec(text)?.[1]);
  }

  const publish = (channel: string, message: unknown, id?: string) =>
    publishMessage(redis, {
      channel,
      text: JSON.stringify(message),
      history: { count: 10_000, milliseconds: 60_000 },
      id,
    });

  return {
    get gateway() {
      return gateway;
    },
    async killGateway() {
      gateway.kill('SIGKILL');
      await gateway.ended;
    },
    async startGateway() {
      gateway = await start();
    },
    issuer,
    supergraph,
    server,
    redis,
    subscriberCount,
    publishUnheard: publish,
    /** Resolves once the gateway holds this many subscriptions. */
    async subscribed(count: number) {
      await expect.poll(() => gauge('graphql_subscriptions'), { timeout: 10_000 }).toBe(count);
    },
    gauge,
    /** Publishes once the gateway listens. */
    async publish(channel: string, message: unknown) {
      await expect.poll(() => subscriberCount(channel)).toBe(1);
      return publish(channel, message);
    },
    connect: async (...given: Parameters<typeof issuer.bearer>): Promise<Subscriber> =>
      createSubscriber(gateway, await issuer.bearer(...given)),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

export type Live = Awaited<ReturnType<typeof startLive>>;

export const update = {
  widget: { id: 'w1' },
  value: 4.5,
  points: [{ value: 1 }, { value: 2 }],
  related: [{ id: 'w2' }, { id: 'w3' }],
  freshness: { lagMilliseconds: 12, state: 'LIVE' },
};

export const boardOf = (workspace: string, dashboard = 'd1') =>
  `analytics.${workspace}.dashboard.${dashboard}`;
