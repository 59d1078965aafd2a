import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { boardOf, type Live, startLive, update } from './support/live.ts';
import { createSubscriber } from './support/subscriber.ts';

describe('what is refused', () => {
  let run: Live;
  beforeAll(async () => {
    run = await startLive();
  });
  afterAll(() => run[Symbol.asyncDispose]());

  test('without the scope of its field a subscription is refused', async () => {
    const alice = person({ scopes: [] });
    await using client = await run.connect(alice);

    const opening = client.subscribe('subscription { widgetUpdated(dashboardId: "d1") { value } }');

    await expect(opening.next()).rejects.toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
    expect(await run.subscriberCount(boardOf(alice.workspace))).toBe(0);
  });

  test('somebody anonymous may connect, but not subscribe to what needs a person', async () => {
    await using client = createSubscriber(run.gateway);

    const opening = client.subscribe('subscription { noticed { id } }').next();
    const open = client.subscribe('subscription { ticked(size: 5) { count } }').next();

    await expect(opening).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    await run.publish('ticks.5', { count: 1 });
    expect((await open).value).toMatchObject({ data: { ticked: { count: 1 } } });
  });

  test.each([
    ['{ widget(id: "1") { id } }', 'Send a query over HTTP'],
    ['subscription { nothing }', 'Cannot query field'],
    ['subscription { noticed { id } ticked(size: 1) { count } }', 'only one top level field'],
    ['subscription { untold }', 'names no @topic'],
    ['subscription { ticked(size: "big") { count } }', 'Int cannot represent'],
    ['subscription {', 'Syntax Error', 'GRAPHQL_PARSE_FAILED'],
  ])('refuses %s, saying why', async (query, reason, code = 'GRAPHQL_VALIDATION_FAILED') => {
    await using client = await run.connect(person());

    await expect(client.subscribe(query).next()).rejects.toMatchObject([
      { message: expect.stringContaining(reason), extensions: { code } },
    ]);
  });

  test('an argument that names no channel is refused', async () => {
    await using client = await run.connect(person());

    await expect(
      client.subscribe('subscription { ticked { count } }').next(),
    ).rejects.toMatchObject([{ extensions: { code: 'INVALID_INPUT', field: ['size'] } }]);
  });

  test('over HTTP a subscription is told where subscriptions are', async () => {
    const { errors } = await run.gateway.query('subscription { ticked(size: 1) { count } }');

    expect(errors?.[0]).toMatchObject({
      message: expect.stringContaining('WebSocket'),
      extensions: { code: 'INVALID_INPUT' },
    });
  });
});

test('without the scope of a field beneath, that field is null and said to be forbidden', async () => {
  await using run = await startLive();
  const alice = person({ scopes: ['read:analytics'] });
  const bob = person({ workspace: alice.workspace, scopes: ['read:analytics', 'write:analytics'] });
  const query = `subscription {
    widgetUpdated(dashboardId: "d1") { value widget { metric { formula } } }
  }`;
  const clients = [await run.connect(alice), await run.connect(bob)];
  const nexts = clients.map((client) => client.subscribe(query).next());
  await run.subscribed(2);
  await run.publish(boardOf(alice.workspace), {
    ...update,
    widget: { id: 'w1', metric: { id: 'm1', formula: 'secret' } },
  });

  const [restricted, whole] = await Promise.all(nexts);
  expect(restricted?.value).toMatchObject({
    data: { widgetUpdated: { value: 4.5, widget: { metric: { formula: null } } } },
    errors: [{ extensions: { code: 'FORBIDDEN' } }],
  });
  expect(whole?.value.data).toEqual({
    widgetUpdated: { value: 4.5, widget: { metric: { formula: 'secret' } } },
  });
  await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
});

test.each([
  (workspace: string) => `x.${workspace}.dashboard.d1`,
  (workspace: string) => `../../${workspace}.dashboard.d1`,
  () => '*',
  () => '{claims.workspace}',
  () => '$&',
])('an argument cannot name a channel of another workspace (%#)', async (argumentFor) => {
  await using run = await startLive();
  const [alice, mallory] = [person(), person()];
  await using client = await run.connect(mallory);
  const results = client.subscribe(
    'subscription ($board: ID!) { widgetUpdated(dashboardId: $board) { value } }',
    { board: argumentFor(alice.workspace) },
  );
  const next = results.next();

  const own = await vi.waitFor(async () => {
    const channels = await run.redis.pubsub('CHANNELS', 'analytics.*');
    expect(channels).toHaveLength(1);
    return String(channels[0]);
  }, 10_000);

  expect(own).toMatch(new RegExp(`^analytics\\.${mallory.workspace}\\.dashboard\\.[^.*]+$`));
  await run.publishUnheard(boardOf(alice.workspace), update);
  await run.publish(own, { ...update, value: 1 });
  expect((await next).value).toMatchObject({ data: { widgetUpdated: { value: 1 } } });
});
