import { randomUUID } from 'node:crypto';
import { createEventLog } from '@tributary/event-log';
import { memberChanged } from '@tributary/events';
import { createTestDatabase, person, startSubgraph } from '@tributary/testkit';
import { expect, test, vi } from 'vitest';
import { createSource, event, send, startProcessing } from './processing.ts';

const patience = { timeout: 20_000, interval: 100 };

test('people are told when more than 5% of a source’s records fail, and not of a source that does well', async () => {
  await using processing = await startProcessing({ ERROR_WATCH_MILLISECONDS: '200' });
  await using database = await createTestDatabase('notifications');
  const { redis } = processing;
  await using notifications = await startSubgraph('notifications', { database, redis });
  await using stack = new AsyncDisposableStack();
  const log = await createEventLog({ url: redis.url });
  stack.defer(() => log.close());
  const operator = person();
  await log.append(memberChanged, [
    {
      specversion: '1.0',
      id: randomUUID(),
      source: '/users',
      type: 'tributary.member.changed',
      time: new Date().toISOString(),
      workspace: operator.workspace,
      data: { userId: operator.subject, email: 'ada@example.com', name: 'Ada' },
    },
  ]);

  const [good, bad] = [
    await createSource(processing, operator, 'good'),
    await createSource(processing, operator, 'bad'),
  ];
  await vi.waitFor(async () => {
    const { rowCount } = await database.pool.query('SELECT FROM recipient');
    expect(rowCount).toBe(1);
  }, patience);
  // Counted in the same minute as the failures or before them, so that the share is small throughout.
  await send(
    processing,
    good.writeKey,
    Array.from({ length: 200 }, () => event()),
  );
  await vi.waitFor(async () => {
    const { rows } = await processing.database.pool.query('SELECT records FROM source_minute');
    expect(rows.reduce((sum, { records }) => sum + Number(records), 0)).toBe(200);
  }, patience);
  await send(processing, good.writeKey, { no: 'event' });
  await send(processing, bad.writeKey, [event(), { no: 'event' }]);

  const readAlerts = async () => {
    const { data } = await notifications.query(
      operator,
      `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Workspace {
         alerts { edges { node { state value rule { name threshold windowMinutes metric { id } } } } } } } }`,
      { r: [{ __typename: 'Workspace', id: operator.workspace }] },
    );
    return data._entities[0].alerts.edges.map(({ node }: { node: object }) => node);
  };
  await vi.waitFor(async () => {
    expect(await readAlerts()).toMatchObject([
      {
        state: 'FIRING',
        rule: {
          name: 'Share of failing records of “bad”',
          threshold: 0.05,
          windowMinutes: 5,
          metric: null,
        },
      },
    ]);
  }, patience);
  await vi.waitFor(async () => {
    const { rows } = await database.pool.query('SELECT metric_id FROM metric_minute');
    expect(new Set(rows.map(({ metric_id }) => metric_id)).size).toBe(2);
  }, patience);
  expect(await readAlerts()).toHaveLength(1);
});
