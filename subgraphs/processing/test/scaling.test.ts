import { person, startSubgraph } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  createSource,
  event,
  metric,
  type Processing,
  processedOf,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

/** Sends so many events of different subjects; answers their ids. */
async function sendMany(writeKey: string, count: number): Promise<string[]> {
  const events = Array.from({ length: count }, (_, index) => event({ subject: `s${index}` }));
  const { body } = await send(processing, writeKey, events);
  expect(body.accepted).toBe(count);
  return events.map(({ id }) => String(id));
}

test('two processes share the partitions, and when one is killed the other takes over what it had', async () => {
  const { database, redis } = processing;
  await using second = await startSubgraph('processing', { database, redis });
  const { id, writeKey } = await createSource(processing, person());
  const ids: string[] = [];
  const processedBy = (subgraph: typeof second) => metric({ subgraph }, 'events_processed_total');
  await vi.waitFor(
    async () => {
      ids.push(...(await sendMany(writeKey, 50)));
      expect(await processedBy(second)).toBeGreaterThan(0);
      expect(await processedBy(processing.subgraph)).toBeGreaterThan(0);
    },
    { timeout: 30_000, interval: 200 },
  );
  second.kill('SIGKILL');
  ids.push(...(await sendMany(writeKey, 200)));
  await vi.waitFor(
    async () => {
      const processed = new Set((await processedOf(processing, id)).map((record) => record.id));
      expect(ids.filter((one) => !processed.has(one))).toEqual([]);
    },
    { timeout: 10_000, interval: 100 },
  );
});

test('how far behind each partition is stands in the graph and in the metrics', async () => {
  const { writeKey } = await createSource(processing, person());
  await sendMany(writeKey, 100);
  const ask = () =>
    processing.subgraph.query(person(), '{ partitions { number waitingMilliseconds } }');
  await vi.waitFor(async () => {
    const { data } = await ask();
    expect(data.partitions).toEqual(
      Array.from({ length: 10 }, (_, number) => ({ number, waitingMilliseconds: 0 })),
    );
  }, 20_000);
  expect(await metric(processing, 'pipeline_waiting_seconds')).toBe(0);
  const { errors } = await processing.subgraph.query(
    person({ scopes: [] }),
    '{ partitions { number } }',
  );
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
