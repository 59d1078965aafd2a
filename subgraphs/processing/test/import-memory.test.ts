import { createEventLog } from '@tributary/event-log';
import { eventProcessed } from '@tributary/events';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createImportRunStore } from '../src/stores/import-run-store.ts';
import {
  changeImport,
  importEnd,
  operatorWithSource,
  previewImport,
  readImport,
  upload,
} from './importing.ts';
import { event, type Processing, send, startProcessing } from './processing.ts';

const megabyte = 1_048_576;

let processing: Processing;
let redis: Redis;
beforeAll(async () => {
  // Of what it is told to leave, Redis' own limit is all that is left.
  processing = await startProcessing({ IMPORT_LOG_BYTES: String(1_024 * megabyte) });
  redis = new Redis(processing.redis.url);
  await redis.config('SET', 'maxmemory', '64mb');
});
afterAll(async () => {
  redis.disconnect();
  await processing[Symbol.asyncDispose]();
});

async function bytesHeld(name = 'used_memory'): Promise<number> {
  const info = await redis.info('memory');
  return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(info)?.[1]);
}

/** Forty megabytes of something else. */
async function fortySessions(): Promise<string[]> {
  const sessions = Array.from({ length: 40 }, (_, number) => `session:${number}`);
  for (const session of sessions) await redis.set(session, 'x'.repeat(megabyte));
  return sessions;
}

/** Takes what the pipeline made, as the stores do. */
async function startStore() {
  const log = await createEventLog({ url: processing.redis.url });
  const [group = ''] = eventProcessed.groups;
  const fail = (error: unknown) => expect(error).toBeUndefined();
  const positions = { load: async () => new Map<number, string>() };
  log.consume({
    event: eventProcessed,
    group,
    positions,
    handle: async () => {},
    onInvalid: fail,
    onError: fail,
  });
  return { [Symbol.asyncDispose]: () => log.close() };
}

test('an import larger than Redis may hold waits while nobody stores its events, streaming goes on, and it ends when they are stored', async () => {
  const { operator, source } = await operatorWithSource(processing);
  const text = 'x'.repeat(4_000);
  const lines = Array.from({ length: 17_000 }, (_, number) => `2001-01-01,${number},${text}\n`);
  const file = await upload(processing, operator, `when,number,text\n${lines.join('')}`, {
    source: source.id,
  });
  const { id } = file.body;
  const { preview } = await previewImport(processing, operator, { id });
  await changeImport(processing, operator, 'startImport', { id, mapping: preview.mapping });

  // It leaves half of what the door may still use.
  await vi.waitFor(async () => expect(await bytesHeld()).toBeGreaterThan(28.8 * megabyte), {
    timeout: 60_000,
  });
  expect((await send(processing, source.writeKey, event())).status).toBe(200);
  // As is told after a minute; see told-wait.test.ts.
  await createImportRunStore(processing.database).tellWait(id, 'Waits for memory.');
  expect(await readImport(processing, operator, id)).toMatchObject({
    state: 'RUNNING',
    reason: 'Waits for memory.',
  });
  await using _store = await startStore();
  const done = await importEnd(processing, operator, id);
  expect(done).toMatchObject({ state: 'DONE', accepted: 17_000, rejected: 0, reason: null });
  expect(await bytesHeld('used_memory_peak')).toBeLessThan(57.6 * megabyte);
});

test('an import goes on beside other things in Redis, also when they are more than half of what it may hold', async () => {
  await using _store = await startStore();
  await vi.waitFor(async () => expect(await bytesHeld()).toBeLessThan(10 * megabyte), {
    timeout: 20_000,
  });
  const sessions = await fortySessions();
  const { operator, source } = await operatorWithSource(processing);
  const file = await upload(processing, operator, 'when,number\n2001-01-01,1\n', {
    source: source.id,
  });
  const { id } = file.body;
  const { preview } = await previewImport(processing, operator, { id });
  await changeImport(processing, operator, 'startImport', { id, mapping: preview.mapping });
  const done = await importEnd(processing, operator, id);
  expect(done).toMatchObject({ state: 'DONE', accepted: 1, reason: null });
  await redis.del(...sessions);
});

test('the door is closed at nine tenths of what Redis may hold, before Redis refuses others anything', async () => {
  const { source } = await operatorWithSource(processing);
  const { writeKey } = source;
  const statusOfNext = async () => (await send(processing, writeKey, event())).status;
  const sessions = await fortySessions();
  await redis.config('SET', 'maxmemory', Math.round((await bytesHeld()) / 0.95));
  await expect.poll(statusOfNext, { timeout: 10_000 }).toBe(503);
  expect(await redis.set('session:next', 'x')).toBe('OK');
  await redis.del(...sessions, 'session:next');
  await expect.poll(statusOfNext, { timeout: 10_000 }).toBe(200);
});
