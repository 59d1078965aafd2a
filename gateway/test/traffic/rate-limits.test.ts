import { createTestRedis, person } from '@tributary/testkit';
import { fastify } from 'fastify';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { useRateLimits } from '../../src/plugins/use-rate-limits.ts';
import { askerOf } from '../../src/rate-limits/asker.ts';
import { clientAddress } from '../../src/rate-limits/client-address.ts';
import { rateLimitSettingsSchema } from '../../src/rate-limits/rate-limit-settings.ts';
import { createRateLimits } from '../../src/rate-limits/rate-limits.ts';

const someone = askerOf({ principal: person() }, '');

function limits(settings: z.input<typeof rateLimitSettingsSchema>, redis?: Redis) {
  const refused: string[] = [];
  const rateLimits = createRateLimits({
    settings: rateLimitSettingsSchema.parse(settings),
    redis,
    onLimited: (budget) => refused.push(budget),
  });
  return { ...rateLimits, refused };
}

function connect(url: string) {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  redis.on('error', () => {});
  return Object.assign(redis, { [Symbol.dispose]: () => redis.disconnect() });
}

test('a person may ask as often as configured, and then hears when to come again', () => {
  const { request, refused } = limits({ principal: { points: 2, seconds: 60 } });

  expect([request(someone), request(someone), request(someone)]).toEqual([
    { limited: false, limit: 2, remaining: 1, resetSeconds: 60 },
    { limited: false, limit: 2, remaining: 0, resetSeconds: 60 },
    { limited: true, limit: 2, remaining: 0, resetSeconds: 60 },
  ]);
  expect(request(askerOf({ principal: person() }, ''))?.limited).toBe(false);
  expect(refused).toEqual(['principal']);
});

test('the key of an API client may ask for what its workspace says, others for what everybody may', () => {
  const { subject, workspace, subject: key } = person();
  const principal = { kind: 'client', subject, workspace, scopes: [], key } as const;
  const partner = (requestsPerMinute: number | null, costPerMinute: number | null) =>
    askerOf({ principal, budgets: { requestsPerMinute, costPerMinute } }, '');
  const most = { principal: { points: 2, seconds: 30 } };

  expect(limits(most).request(partner(6, null))).toMatchObject({ limit: 3, remaining: 2 });
  expect(limits(most).request(partner(null, 6))).toMatchObject({ limit: 2, remaining: 1 });
  expect(limits(most).cost(partner(6, null), 1_000_000)).toBeUndefined();
  const { cost, refused } = limits(most);
  expect(cost(partner(null, 6), 4)).toMatchObject({ limited: false, limit: 6, remaining: 2 });
  expect(cost(partner(null, 6), 4)).toMatchObject({ limited: true, limit: 6, remaining: 2 });
  expect(refused).toEqual(['cost']);
  const bounded = { ...most, keyCeiling: { requestsPerMinute: 4 } };
  expect(limits(bounded).request(partner(1_000_000, null))).toMatchObject({ limit: 2 });
});

test('a window ends, and what was refused in it is forgotten', async () => {
  const { request } = limits({ principal: { points: 1, seconds: 1 } });
  request(someone);
  expect(request(someone)?.limited).toBe(true);

  await expect.poll(() => request(someone)?.limited, { timeout: 3_000 }).toBe(false);
});

test('operations and cost have budgets of their own; what is too dear takes nothing', () => {
  const { operation, cost } = limits({
    cost: { points: 100, seconds: 60 },
    operations: { Export: { points: 1, seconds: 60 } },
  });

  expect([operation(someone, 'Export'), operation(someone, 'Export')]).toMatchObject([
    { limited: false },
    { limited: true },
  ]);
  expect(operation(someone, 'Other')).toBeUndefined();
  expect([cost(someone, 70), cost(someone, 31), cost(someone, 30)]).toMatchObject([
    { limited: false, remaining: 30 },
    { limited: true, remaining: 30 },
    { limited: false, remaining: 0 },
  ]);
});

test('gateways with one Redis share the budgets', async () => {
  await using server = await createTestRedis();
  using redis = connect(server.url);
  using otherRedis = connect(server.url);
  await Promise.all([redis.ping(), otherRedis.ping()]);
  const one = limits({ principal: { points: 10, seconds: 60 } }, redis);
  const other = limits({ principal: { points: 10, seconds: 60 } }, otherRedis);

  for (let requests = 0; requests < 9; requests += 1) one.request(someone);
  await expect.poll(() => redis.keys('rate-limit:*')).toHaveLength(1);

  expect(other.request(someone)?.limited).toBe(false);
  await expect.poll(() => other.request(someone)?.limited).toBe(true);
  await expect.poll(() => one.request(someone)?.limited).toBe(true);
  const [key = ''] = await redis.keys('rate-limit:*');
  expect(await redis.ttl(key)).toBeGreaterThan(0);
});

test('while Redis is away every gateway limits by itself, and nothing fails', async () => {
  await using server = await createTestRedis();
  using redis = connect(server.url);
  await redis.ping();
  const { request } = limits({ principal: { points: 5, seconds: 60 } }, redis);
  request(someone);
  await server.stop();
  await expect.poll(() => redis.status).not.toBe('ready');

  const verdicts = Array.from({ length: 6 }, () => request(someone));

  expect(verdicts.filter((verdict) => verdict?.limited)).toHaveLength(2);
  await expect.poll(() => request(someone)?.limited).toBe(true);
});

test('a refusal is a 429 with GraphQL errors and the usual headers; other paths are not limited', async () => {
  const http = fastify();
  useRateLimits(http, {
    rateLimits: limits({ address: { points: 1, seconds: 60 } }),
    trustedProxies: 0,
    identityOf: () => ({ principal: { kind: 'anonymous' } }),
  });
  http.post('/graphql', async () => ({ data: {} }));
  http.get('/health/live', async () => 'live');
  const post = () => http.inject({ method: 'POST', url: '/graphql', payload: {} });

  const first = await post();
  const second = await post();
  const health = await http.inject('/health/live');

  expect(first.headers).toMatchObject({
    'ratelimit-limit': '1',
    'ratelimit-remaining': '0',
    'ratelimit-reset': '60',
  });
  expect([first.statusCode, second.statusCode, health.statusCode]).toEqual([200, 429, 200]);
  expect(Number(second.headers['retry-after'])).toBeGreaterThan(0);
  expect(second.json()).toMatchObject({ errors: [{ extensions: { code: 'RATE_LIMITED' } }] });
});

test.each([
  ['nobody is trusted', 0, '203.0.113.9', '10.0.0.1'],
  ['one proxy is trusted', 1, '198.51.100.1, 203.0.113.9', '203.0.113.9'],
  ['two are trusted', 2, '6.6.6.6, 198.51.100.1, 203.0.113.9', '198.51.100.1'],
  ['there are fewer entries than proxies', 2, '203.0.113.9', '10.0.0.1'],
  ['the entry is no address', 1, 'evil', '10.0.0.1'],
  ['there is none', 1, undefined, '10.0.0.1'],
])('the client’s address when %s', (_, proxies, forwardedFor, address) => {
  expect(clientAddress({ remoteAddress: '10.0.0.1', forwardedFor }, proxies)).toBe(address);
});

test.each([
  ['2001:db8:1:2::1', '2001:0db8:1:2:ffff::9', true],
  ['2001:db8::1', '2001:db8:0:0:1::', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
  ['::ffff:203.0.113.9', '203.0.113.9', true],
  ['203.0.113.9', '203.0.113.8', false],
])('%s and %s are one asker: %s', (one, other, same) => {
  const key = (address: string) => askerOf({ principal: { kind: 'anonymous' } }, address).key;
  expect(key(one) === key(other)).toBe(same);
});
