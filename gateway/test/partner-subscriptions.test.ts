import { publishMessage } from '@tributary/pubsub';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { followers } from './support/followers.ts';
import type { GatewayProcess } from './support/gateway-process.ts';
import { startPartners } from './support/partners.ts';
import { createSubscriber } from './support/subscriber.ts';

const counted = 'subscription Counted {\n  counted(group: "g") {\n    number\n  }\n}';
/** As Apollo Client sends it. */
const countedTyped = counted.replace('number', 'number\n    __typename');
const ticked = 'subscription Ticked {\n  ticked {\n    count\n  }\n}';

let run: Awaited<ReturnType<typeof startPartners>>;
let gateway: GatewayProcess;
let redis: Redis;
beforeAll(async () => {
  run = await startPartners();
  gateway = await run.startGateway();
  redis = new Redis(run.redis.url);
});
afterAll(async () => {
  redis?.disconnect();
  await gateway?.[Symbol.asyncDispose]();
  await run?.[Symbol.asyncDispose]();
});

const subscribersOf = async (channel: string) => (await redis.pubsub('NUMSUB', channel))[1];
const publish = (number: number) =>
  publishMessage(redis, {
    channel: 'counts.g',
    text: JSON.stringify({ number, parity: 'even' }),
    history: { count: 100, milliseconds: 60_000 },
    id: undefined,
  });

async function subscribingPartner() {
  const partner = await run.createPartner();
  const operations = { 'counted-1': counted, 'counted-2': countedTyped };
  await partner.activate(await partner.push(operations));
  return partner;
}

describe.each(Object.entries(followers))('%s', (_, follow) => {
  test('runs the subscriptions that are registered, until their version is retired', async () => {
    const { headers, retire } = await subscribingPartner();
    using follower = follow({ url: gateway.url, query: counted, headers });
    const seen = (number: number) =>
      follower.data.some((data) => JSON.stringify(data).includes(`"number":${number}`));
    await expect.poll(() => subscribersOf('counts.g')).toBe(1);
    await publish(1);
    await expect.poll(() => seen(1)).toBe(true);
    await retire(1);
    await expect.poll(() => subscribersOf('counts.g'), { timeout: 5_000 }).toBe(0);
    const { length } = follower.data;
    await publish(2);
    expect(follower.data.length).toBe(length);
  });
});

test('a subscription that is not registered is refused; one that is may be named by its id', async () => {
  const { headers, usage } = await subscribingPartner();
  await using client = createSubscriber(gateway, headers);
  await expect(client.subscribe(ticked).next()).rejects.toMatchObject([
    { extensions: { code: 'PERSISTED_QUERY_ID_REQUIRED' } },
  ]);
  const body = new URLSearchParams({ documentId: 'counted-1' });
  const controller = new AbortController();
  const stream = await fetch(`${gateway.url}/graphql?${body}`, {
    headers: { ...headers, accept: 'text/event-stream' },
    signal: controller.signal,
  });
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  await expect.poll(() => subscribersOf('counts.g')).toBe(1);
  await publish(3);
  let text = '';
  while (!text.includes('"number":3')) text += (await reader?.read())?.value ?? '';
  controller.abort();
  const counts = { meanMilliseconds: expect.any(Number), p95Milliseconds: expect.any(Number) };
  await expect.poll(usage, { timeout: 20_000 }).toEqual([
    { day: expect.any(String), operationId: null, requests: 1, errors: 1, ...counts },
    { day: expect.any(String), operationId: 'counted-1', requests: 1, errors: 0, ...counts },
  ]);
});
