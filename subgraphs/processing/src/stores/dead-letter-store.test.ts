import { randomUUID } from 'node:crypto';
import { PrismaPg } from '@prisma/adapter-pg';
import { PositionConflict } from '@tributary/event-log';
import { PrismaClient } from '@tributary/prisma/processing';
import { createTestDatabase } from '@tributary/testkit';
import type { Pool } from 'pg';
import { expect, test } from 'vitest';
import { createStores } from './stores.ts';

const consumer = { topic: 'events.received', group: 'processing.pipeline' };

async function openStores(pool: Pool) {
  const stores = createStores({
    prisma: new PrismaClient({ adapter: new PrismaPg(pool) }),
    pool,
    consumer,
    retryMilliseconds: 60_000,
  });
  const workspace = randomUUID();
  const sourceId = randomUUID();
  const secret = { writeKeyHash: sourceId, writeKeyHint: 'tw_1234' };
  await stores.sources.create(workspace, { id: sourceId, name: 'airport', ...secret });
  const failed = (id = randomUUID(), from = sourceId) => ({
    id,
    workspace,
    sourceId: from,
    stage: 'ROUTE' as const,
    field: null,
    reason: 'why',
    original: '{}',
  });
  const letters = () => stores.deadLetters.page(workspace, { limit: 100, after: undefined });
  return { ...stores, workspace, failed, letters };
}

test('a batch that comes again adds no second dead letter', async () => {
  await using database = await createTestDatabase('processing');
  const { failedRecords, failed, letters } = await openStores(database.pool);
  const record = failed();
  await failedRecords.settle({
    failed: [record, record],
    replayed: [],
    advances: [{ partition: 0, from: null, to: '1-0' }],
  });
  await failedRecords.settle({
    failed: [record],
    replayed: [],
    advances: [{ partition: 0, from: '1-0', to: '2-0' }],
  });
  expect(await letters()).toHaveLength(1);
});

test('a batch that another process was faster with leaves nothing behind', async () => {
  await using database = await createTestDatabase('processing');
  const { failedRecords, failed, letters } = await openStores(database.pool);
  const advances = [{ partition: 3, from: null, to: '1-0' }];
  await failedRecords.settle({ failed: [], replayed: [], advances });
  const late = failedRecords.settle({
    failed: [failed()],
    replayed: [],
    advances: [{ partition: 3, from: '0-5', to: '1-0' }],
  });
  await expect(late).rejects.toThrow(PositionConflict);
  expect(await letters()).toEqual([]);
});

test('a record of a source that is gone blocks nothing', async () => {
  await using database = await createTestDatabase('processing');
  const { failedRecords, failed, letters } = await openStores(database.pool);
  const records = [failed(randomUUID(), randomUUID()), failed()];
  await failedRecords.settle({
    failed: records,
    replayed: [],
    advances: [{ partition: 0, from: null, to: '1-0' }],
  });
  expect(await letters()).toHaveLength(1);
});

test('a replay counts once, however often its message comes', async () => {
  await using database = await createTestDatabase('processing');
  const { deadLetters, failedRecords, failed, letters, workspace } = await openStores(
    database.pool,
  );
  const record = failed();
  await failedRecords.settle({
    failed: [record],
    replayed: [],
    advances: [{ partition: 0, from: null, to: '1-0' }],
  });
  const message = { name: 'events.received', key: 'k', payload: {} };
  const begin = async (own: string) => [
    ...(await deadLetters.beginReplays(own, [{ id: record.id, message }])),
  ];
  expect(await begin(randomUUID())).toEqual([]);
  expect(await begin(workspace)).toEqual([record.id]);
  expect(await begin(workspace)).toEqual([]);
  const failure = { stage: 'ENRICH' as const, field: 'data.a', reason: 'again' };
  const replayed = [{ id: record.id, workspace, failure }];
  await failedRecords.settle({
    failed: [],
    replayed,
    advances: [{ partition: 0, from: '1-0', to: '2-0' }],
  });
  await failedRecords.settle({
    failed: [],
    replayed,
    advances: [{ partition: 0, from: '2-0', to: '3-0' }],
  });
  expect(await letters()).toMatchObject([
    { status: 'OPEN', attempts: 2, stage: 'ENRICH', field: 'data.a', reason: 'again' },
  ]);
});

test('a record that may pass later is tried again five times by itself, and then no more', async () => {
  await using database = await createTestDatabase('processing');
  const { deadLetters, failedRecords, failed, letters, workspace } = await openStores(
    database.pool,
  );
  const record = { ...failed(), retry: true };
  const settle = (settlement: object) =>
    failedRecords.settle({ failed: [], replayed: [], advances: [], ...settlement });
  await settle({ failed: [record] });
  const waits: number[] = [];
  for (let [letter] = await letters(); letter?.retryAt; [letter] = await letters()) {
    waits.push(Math.round((letter.retryAt.getTime() - letter.lastFailedAt.getTime()) / 60_000));
    const message = { name: 'events.received', key: 'k', payload: {} };
    await deadLetters.beginReplays(workspace, [{ id: record.id, message }]);
    await settle({ replayed: [{ id: record.id, workspace, failure: record }] });
  }
  expect(waits).toEqual([1, 4, 16, 64, 256]);
});
