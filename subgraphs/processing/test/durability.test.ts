import { person } from '@tributary/testkit';
import { expect, test, vi } from 'vitest';
import {
  createSource,
  deadLetters,
  event,
  type Processing,
  processedOf,
  publishPipeline,
  send,
  startProcessing,
} from './processing.ts';

/** Sends batches one after the other until the service is gone; the ids it acknowledged. */
async function sendUntilGone(processing: Processing, writeKey: string): Promise<string[]> {
  const acknowledged: string[] = [];
  for (;;) {
    const batch = Array.from({ length: 200 }, (_, index) =>
      event({ subject: `gate-${index % 20}`, data: { distance: index === 7 ? 'far' : index } }),
    );
    const answer = await send(processing, writeKey, batch).catch(() => undefined);
    if (!answer) return acknowledged;
    expect(answer.status).toBe(200);
    acknowledged.push(...batch.map(({ id }) => String(id)));
  }
}

async function positions({ database }: Processing): Promise<string> {
  const { rows } = await database.pool.query(
    "SELECT partition, position FROM log_position WHERE topic = 'events.received' ORDER BY partition",
  );
  return JSON.stringify(rows);
}

test('every acknowledged event comes through after kill -9 in the middle of the stream', async () => {
  await using processing = await startProcessing();
  const operator = person();
  const { id, writeKey } = await createSource(processing, operator);
  const stage = { kind: 'route', drop: { field: 'distance', operator: 'LESS', value: 0 } };
  await publishPipeline(processing, operator, id, [stage]);

  const streams = [1, 2, 3].map(() => sendUntilGone(processing, writeKey));
  await vi.waitFor(async () => expect(await processedOf(processing, id)).not.toEqual([]), {
    timeout: 15_000,
  });
  await vi.waitFor(
    async () => expect((await processedOf(processing, id)).length).toBeGreaterThan(3_000),
    { timeout: 20_000 },
  );
  processing.subgraph.kill('SIGKILL');
  const acknowledged = (await Promise.all(streams)).flat();
  const before = await positions(processing);
  await processing.subgraph.restart();

  const last = event({ data: { distance: 1 } });
  await send(
    processing,
    writeKey,
    Array.from({ length: 200 }, () => event({ subject: crypto.randomUUID() })).concat(last),
  );
  await vi.waitFor(
    async () => {
      const through = new Set((await processedOf(processing, id)).map((record) => record.id));
      const { rows } = await processing.database.pool.query<{ original: string }>(
        'SELECT original FROM dead_letter WHERE source_id = $1',
        [id],
      );
      const dead = new Set(rows.map(({ original }) => String(JSON.parse(original).id)));
      expect(dead.size).toBe(rows.length);
      expect(acknowledged.filter((given) => !through.has(given) && !dead.has(given))).toEqual([]);
      expect(through.has(String(last.id))).toBe(true);
    },
    { timeout: 20_000, interval: 200 },
  );
  expect(acknowledged.length).toBeGreaterThan(1_000);
  expect(await positions(processing)).not.toBe(before);
  expect((await deadLetters(processing, operator))[0].field).toBe('data.distance');
});
