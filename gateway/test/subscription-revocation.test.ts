import { randomUUID } from 'node:crypto';
import { type Revocation, revocationsChannel, revocationsKey } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startKeyIssuer } from './support/key-issuer.ts';
import { startLive } from './support/live.ts';
import { createSubscriber } from './support/subscriber.ts';

let keys: Awaited<ReturnType<typeof startKeyIssuer>>;
let run: Awaited<ReturnType<typeof startLive>>;
beforeAll(async () => {
  keys = await startKeyIssuer();
  run = await startLive({ environment: keys.environment });
});
afterAll(async () => {
  await run[Symbol.asyncDispose]();
  await keys[Symbol.asyncDispose]();
});

let channels = 100;
const revoked = { code: 4401, reason: 'access revoked' };

/** A person with two sessions in one workspace and one in another, a colleague, and a partner with two keys. */
async function connectAll() {
  const resources = new AsyncDisposableStack();
  channels += 1;
  const size = channels;
  const alice = person();
  const elsewhere = person({ subject: alice.subject });
  const bob = person({ workspace: alice.workspace });
  const [phone, laptop] = [randomUUID(), randomUUID()];
  const issued = Date.now() - 1;
  const bearer = (who: typeof alice, sid: string = randomUUID(), iat_ms = issued) =>
    run.issuer.bearer(who, { claims: { sid, iat_ms } });
  const [first, second] = [keys.issue(), keys.issue()];
  const secondOfFirst = keys.issue({ client: first.client, workspace: first.workspace });
  const headers = {
    phone: await bearer(alice, phone),
    laptop: await bearer(alice, laptop),
    elsewhere: await bearer(elsewhere),
    'signed in again': await bearer(alice, randomUUID(), Date.now() + 60_000),
    colleague: await bearer(bob),
    'first key': first.headers,
    'second key': secondOfFirst.headers,
    'other partner': second.headers,
  };
  const clients = Object.entries(headers).map(([name, given]) => {
    const client = resources.use(createSubscriber(run.gateway, given));
    const result = client.subscribe(`subscription { ticked(size: ${size}) { count } }`).next();
    const outcome = Promise.race([
      result.then(({ value }) => value.data.ticked.count),
      client.closed,
    ]).catch(() => client.closed);
    return { name, outcome };
  });
  await run.subscribed(clients.length);
  return {
    alice,
    phone,
    first,
    headers,
    /** How each connection ended, or 1 for those that are told the number 1 afterwards. */
    async outcomes() {
      await run.publish(`ticks.${size}`, { count: 1 });
      return Object.fromEntries(
        await Promise.all(clients.map(async ({ name, outcome }) => [name, await outcome])),
      );
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

type Connected = Awaited<ReturnType<typeof connectAll>>;

const messageOf = (revocation: Omit<Revocation, 'at'>) =>
  JSON.stringify({ ...revocation, at: new Date().toISOString() });

const goOn = {
  phone: 1,
  laptop: 1,
  elsewhere: 1,
  'signed in again': 1,
  colleague: 1,
  'first key': 1,
  'second key': 1,
  'other partner': 1,
};

test.each<[string, (all: Connected) => Omit<Revocation, 'at'>, (keyof typeof goOn)[]]>([
  ['a session', ({ alice, phone }) => ({ subject: alice.subject, session: phone }), ['phone']],
  [
    'a membership',
    ({ alice: { subject, workspace } }) => ({ subject, workspace }),
    ['phone', 'laptop'],
  ],
  ['a person', ({ alice: { subject } }) => ({ subject }), ['phone', 'laptop', 'elsewhere']],
  ['a key', ({ first }) => ({ subject: first.client, session: first.id }), ['first key']],
  ['a partner', ({ first }) => ({ subject: first.client }), ['first key', 'second key']],
])('revoking %s ends the connections it means, and no others', async (_, revocation, meant) => {
  await using all = await connectAll();
  await expect.poll(() => run.subscriberCount(revocationsChannel)).toBe(1);
  await run.redis.publish(revocationsChannel, messageOf(revocation(all)));
  expect(await all.outcomes()).toEqual({
    ...goOn,
    ...Object.fromEntries(meant.map((name) => [name, revoked])),
  });
});

test('what was revoked while the gateway did not hear it ends its connections when it does', async () => {
  await using all = await connectAll();
  const { alice, phone } = all;
  await expect.poll(() => run.subscriberCount(revocationsChannel)).toBe(1);
  await run.redis
    .multi()
    .zadd(revocationsKey, Date.now(), messageOf({ subject: alice.subject, session: phone }))
    .client('KILL', 'TYPE', 'pubsub')
    .exec();
  await expect.poll(() => run.gauge('graphql_subscribers')).toBe(Object.keys(goOn).length - 1);
  expect(await all.outcomes()).toEqual({ ...goOn, phone: revoked });
});

test('a socket with a token that was revoked is refused, one of another session is not', async () => {
  await using all = await connectAll();
  const { alice, phone, headers } = all;
  await run.redis.publish(
    revocationsChannel,
    messageOf({ subject: alice.subject, session: phone }),
  );
  expect((await all.outcomes()).phone).toEqual(revoked);
  await using again = createSubscriber(run.gateway, headers.phone);
  expect((await again.closed).code).toBe(4403);
  await using other = createSubscriber(run.gateway, headers.laptop);
  const next = other.subscribe('subscription { ticked(size: 99) { count } }').next();
  await run.publish('ticks.99', { count: 2 });
  expect((await next).value.data).toEqual({ ticked: { count: 2 } });
});

test('who no longer meets the policies of a subscription is ended to come again, nobody else is', async () => {
  const fresh = { claims: { mfa_time: Math.floor(Date.now() / 1000) - 900 + 6 } };
  await using confirmed = createSubscriber(run.gateway, await run.issuer.bearer(person(), fresh));
  await using beside = createSubscriber(run.gateway, await run.issuer.bearer(person(), fresh));
  const held = confirmed.subscribe('subscription { confirmed { count } }');
  const first = held.next();
  const next = beside.subscribe('subscription { ticked(size: 98) { count } }').next();
  await run.subscribed(2);
  await run.publish('confirmed', { count: 1 });
  expect((await first).value.data).toEqual({ confirmed: { count: 1 } });
  held.next().catch(() => {});
  expect(await confirmed.closed).toMatchObject({ code: 1012 });
  await run.publish('ticks.98', { count: 2 });
  expect((await next).value.data).toEqual({ ticked: { count: 2 } });
});
