import { join } from 'node:path';
import { createPublisher } from '@tributary/pubsub';
import { createTestRedis, person } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { startGateway } from './support/gateway-process.ts';
import { createSubscriber } from './support/subscriber.ts';
import { startTokenIssuer } from './support/token-issuer.ts';

const supergraph = join(import.meta.dirname, '../../schema/supergraph.graphql');

test('what our subgraphs publish reaches the subscribers of our own schema', async () => {
  await using issuer = await startTokenIssuer();
  await using server = await createTestRedis();
  await using gateway = await startGateway({
    supergraph,
    environment: { ...issuer.environment, REDIS_URL: server.url },
  });
  const alice = person();
  await using client = createSubscriber(gateway, await issuer.bearer(alice));
  using stack = new DisposableStack();
  const redis = stack.adopt(new Redis(server.url), (connection) => connection.disconnect());
  const { publish } = createPublisher({ redis });
  const id = alice.subject;
  const now = new Date().toISOString();

  const notification = client
    .subscribe('subscription { notificationReceived { id title severity createdAt readAt } }')
    .next();
  const widgets = client.subscribe(
    `subscription ($id: ID!) { widgetUpdated(dashboardId: $id) {
        widget { id } value groups { key } freshness { state lagMilliseconds } } }`,
    { id },
  );
  const first = widgets.next();
  await expect.poll(() => redis.pubsub('CHANNELS', '*.*.*.*')).toHaveLength(2);
  await publish(
    'notificationReceived',
    { workspace: alice.workspace, subject: alice.subject },
    { id, title: 'Late', body: '', severity: 'WARNING', alert: null, createdAt: now, readAt: null },
  );
  await publish(
    'widgetUpdated',
    { workspace: alice.workspace, dashboardId: id },
    {
      widget: { id },
      points: [],
      groups: [{ key: 'SFO', keys: ['SFO'], value: 1, count: 2 }],
      value: null,
      freshness: { acceptedAt: null, computedAt: now, lagMilliseconds: 4, state: 'LIVE' },
    },
  );

  expect((await notification).value).toMatchObject({
    data: {
      notificationReceived: {
        id,
        title: 'Late',
        severity: 'WARNING',
        createdAt: now,
        readAt: null,
      },
    },
  });
  // The subscription begins with a snapshot, for which there is no subgraph here.
  expect((await first).value).toMatchObject({ data: { widgetUpdated: null } });
  expect((await widgets.next()).value).toMatchObject({
    data: {
      widgetUpdated: {
        widget: { id },
        value: null,
        groups: [{ key: 'SFO' }],
        freshness: { state: 'LIVE', lagMilliseconds: 4 },
      },
    },
  });
});
