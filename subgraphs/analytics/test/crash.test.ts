import { randomUUID } from 'node:crypto';
import type { EventProcessed } from '@tributary/events';
import { person } from '@tributary/testkit';
import type { Pool } from 'pg';
import { expect, test, vi } from 'vitest';
import { type AnalyticsService, patience, startAnalytics } from './analytics-service.ts';
import { createMetric } from './documents.ts';
import { processedEvent } from './processed-event.ts';

/** How far the sender may be ahead of what is stored. */
const lead = 3_000;

/** Events of different minutes and origins, some of them again under the same id and time. */
function sendSteadily(
  { send, database }: AnalyticsService,
  of: { workspace: string; sourceid: string },
) {
  const sent: EventProcessed[] = [];
  let running = true;
  const done = (async () => {
    while (running) {
      const ahead = sent.length - (await countEvents(database.pool));
      if (ahead > lead) continue;
      const fresh = Array.from({ length: 40 }, (_, index) =>
        processedEvent({
          ...of,
          subject: `flight-${index}`,
          time: new Date(Date.now() - (sent.length % 3_000) * 1_000).toISOString(),
          data: { delay: (sent.length + index) % 50, origin: `origin-${index % 7}` },
        }),
      );
      await send(...fresh, ...fresh.slice(0, 5), ...sent.slice(-10));
      sent.push(...fresh);
    }
  })();
  return {
    sent,
    stop: () => {
      running = false;
      return done;
    },
  };
}

test('killed again and again in the middle of a stream, the service stores every event once and its rollups equal the raw events', async () => {
  await using service = await startAnalytics();
  const alice = person();
  const sourceId = randomUUID();
  const { subgraph } = service;
  const about = { sourceId, field: 'delay', aggregation: 'SUM' };
  await createMetric(subgraph, alice, { ...about, dimensions: ['origin'] });
  await createMetric(subgraph, alice, { sourceId, name: 'All' });

  const sending = sendSteadily(service, { workspace: alice.workspace, sourceid: sourceId });
  for (let round = 1; round <= 3; round += 1) {
    const before = await countEvents(service.database.pool);
    await vi.waitFor(
      async () =>
        expect(await countEvents(service.database.pool)).toBeGreaterThan(before + 400 * round),
      patience,
    );
    subgraph.kill('SIGKILL');
    await subgraph.restart();
  }
  await sending.stop();
  await service.stored(sending.sent.length);

  const { pool } = service.database;
  const { rows: raw } = await pool.query(
    `SELECT data->>'origin' AS member, date_trunc('hour', time, 'UTC') AS bucket, count(*)::int,
            sum((data->>'delay')::float8), min((data->>'delay')::float8), max((data->>'delay')::float8)
     FROM event GROUP BY 1, 2 ORDER BY 1, 2`,
  );
  const rollup = (columns: string, table: string) =>
    pool.query(
      `SELECT group_1 AS member, ${columns}, sum(count)::int AS count, sum(sum) AS sum, min(min) AS min, max(max) AS max
       FROM ${table} JOIN metric ON metric.id = metric_id AND breakdown = 1 GROUP BY 1, 2 ORDER BY 1, 2`,
    );
  expect((await rollup('bucket', 'rollup_hour')).rows).toEqual(raw);
  expect(
    (await rollup(`date_trunc('hour', bucket, 'UTC') AS bucket`, 'rollup_minute')).rows,
  ).toEqual(raw);
  const { rows: totals } = await pool.query(
    `SELECT (SELECT sum(count)::int FROM rollup_minute JOIN metric ON metric.id = metric_id WHERE name = 'All') AS counted,
            (SELECT sum(count)::int FROM source_activity) AS accepted`,
  );
  const count = sending.sent.length;
  expect(totals).toEqual([{ counted: count, accepted: count }]);
  expect(await service.counter('events_duplicate_total')).toBeGreaterThan(0);
});

async function countEvents(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>('SELECT count(*)::int AS count FROM event');
  return rows[0]?.count ?? 0;
}
