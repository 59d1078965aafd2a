import { Analytics } from '@segment/analytics-node';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createSource, type Processing, processedOf, startProcessing } from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

/** Posts to the Segment HTTP API as its libraries do. */
async function call(path: string, writeKey: string, body: unknown) {
  const response = await fetch(`${processing.subgraph.url}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`,
      'content-type': 'application/json',
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests read into answers of any shape; a wrong path fails them.
  return { status: response.status, body: (await response.json()) as any };
}

test('Segment’s own library works by changing its host', async () => {
  const { id, writeKey } = await createSource(processing, person());
  const analytics = new Analytics({ writeKey, host: processing.subgraph.url, maxEventsInBatch: 3 });
  const failures: unknown[] = [];
  analytics.on('error', (error) => failures.push(error));
  const timestamp = new Date('2026-11-01T10:00:00Z');
  const userId = 'ada';
  analytics.identify({ userId, traits: { plan: 'pro' } });
  analytics.track({ userId, event: 'Order Completed', properties: { total: 42 }, timestamp });
  analytics.page({ anonymousId: 'visitor', name: 'Home', properties: { path: '/' } });
  await analytics.closeAndFlush();
  expect(failures).toEqual([]);
  await vi.waitFor(async () => expect(await processedOf(processing, id)).toHaveLength(3), 20_000);
  const records = await processedOf(processing, id);
  const order = records.find(({ data }) => data.total === 42);
  expect(order).toMatchObject({
    type: 'Order Completed',
    subject: 'ada',
    source: '/segment',
    time: timestamp.toISOString(),
    data: {
      segment: {
        call: 'track',
        userId: 'ada',
        context: { library: { name: '@segment/analytics-node' } },
      },
    },
  });
  expect(records).toContainEqual(
    expect.objectContaining({ type: 'identify', data: expect.objectContaining({ plan: 'pro' }) }),
  );
  expect(records).toContainEqual(expect.objectContaining({ type: 'page', subject: 'visitor' }));
});

test('a message of a batch that is none gets its verdict beside the good ones', async () => {
  const { writeKey } = await createSource(processing, person());
  const good = { type: 'track', messageId: '1', userId: 'ada', event: 'Signed Up' };
  const answer = await call('/v1/batch', writeKey, {
    batch: [
      good,
      { type: 'track', messageId: '2', userId: 'ada' },
      7,
      { type: 'sneeze', messageId: '3' },
    ],
  });
  expect(answer.status).toBe(207);
  expect(answer.body.verdicts).toMatchObject([
    { id: '1', status: 'accepted' },
    { id: '2', status: 'rejected', field: 'type' },
    { id: null, status: 'rejected', reason: 'expected a JSON object, got 7' },
    { id: '3', status: 'rejected', field: 'type' },
  ]);
});

test('a message nested too deeply is refused by itself, more messages than a batch may hold with the batch', async () => {
  const { writeKey } = await createSource(processing, person());
  const nested = '['.repeat(50_000) + ']'.repeat(50_000);
  const deep = `{"type":"track","messageId":"1","event":"Sank","properties":{"a":${nested}}}`;
  const good = '{"type":"track","messageId":"2","userId":"ada","event":"Signed Up"}';
  const answer = await call('/v1/batch', writeKey, `{"batch":[${deep},${good}]}`);
  expect([answer.status, answer.body.verdicts]).toMatchObject([
    207,
    [
      { id: '1', status: 'rejected', reason: 'expected at most 64 levels of nesting, got more' },
      { id: '2', status: 'accepted' },
    ],
  ]);
  const many = await call('/v1/batch', writeKey, `{"batch":[${'0,'.repeat(250_000)}0]}`);
  expect([many.status, many.body.code]).toEqual([413, 'TOO_LARGE']);
});

test('each call has an address of its own, and a batch without messages is refused', async () => {
  const { writeKey } = await createSource(processing, person());
  for (const name of ['identify', 'page', 'screen', 'group', 'alias']) {
    const answer = await call(`/v1/${name}`, writeKey, { messageId: name, userId: 'ada' });
    expect(answer.body).toMatchObject({ accepted: 1, rejected: 0 });
  }
  const track = await call('/v1/track', writeKey, { userId: 7, event: 'Signed Up' });
  expect(track.body).toMatchObject({ accepted: 1 });
  for (const body of [{}, { batch: [] }, []]) {
    const answer = await call('/v1/batch', writeKey, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'INVALID_INPUT']);
  }
  expect((await call('/v1/track', 'tw_wrong', {})).status).toBe(401);
});
