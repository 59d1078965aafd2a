import { person } from '@tributary/testkit';
import { parse } from 'csv-parse/sync';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type AnalyticsService, patience } from './analytics-service.ts';
import {
  askExport,
  at,
  beginExport,
  createLargeSource,
  createSource,
  exportedEvents,
  firstTick,
  startExporting,
} from './exporting.ts';

let service: AnalyticsService;
beforeAll(async () => {
  service = await startExporting();
});
afterAll(() => service[Symbol.asyncDispose]());

describe('who may', () => {
  test('a source of another workspace is not there', async () => {
    const { source } = await createSource(service, [{}]);
    const answer = await askExport(service, person(), { source });
    expect([answer.status, await answer.json()]).toMatchObject([
      404,
      { code: 'NOT_FOUND', field: ['source'] },
    ]);
  });

  test('it takes read:analytics, and somebody at all', async () => {
    const { principal, source } = await createSource(service, [{}]);
    const limited = { ...principal, scopes: ['read:pipelines'] as const };
    expect((await askExport(service, limited, { source })).status).toBe(403);
    const nobody = await fetch(`${service.subgraph.url}/v1/exports/events?source=${source}`);
    expect([nobody.status, await nobody.json()]).toMatchObject([401, { code: 'UNAUTHENTICATED' }]);
  });
});

test.for([
  [{}, 'source'],
  [{ source: 'Flights' }, 'source'],
  [{ from: 'yesterday' }, 'from'],
  [{ from: '2026-10-02', to: '2026-10-01' }, 'to'],
  [{ type: '' }, 'type'],
  [{ format: 'xlsx' }, 'format'],
  [{ fields: 'a,,b' }, 'fields'],
  [{ form: 'csv' }, 'form'],
] as const)('%o is refused before the first byte, naming %s', async ([given, field]) => {
  const parameters = { ...(field !== 'source' && { source: person().workspace }), ...given };
  const answer = await askExport(service, person(), parameters as Record<string, string>);
  const problem = (await answer.json()) as { field: string[]; detail: string };
  expect([answer.status, problem.field[0]]).toEqual([400, field]);
  expect(problem.detail).toContain(field);
});

describe('a link for browsers', () => {
  const prepare = `mutation ($input: PrepareExportInput!) { prepareExport(input: $input) {
    link expiresAt userErrors { code message field } } }`;
  const prepared = async (
    principal: Parameters<AnalyticsService['subgraph']['query']>[0],
    input: object,
  ) => {
    const { data } = await service.subgraph.query(principal, prepare, { input });
    return data.prepareExport;
  };
  const follow = (link: string, init?: RequestInit) =>
    fetch(`${service.subgraph.url}${link}`, init);

  test('gives what was asked for, once', async () => {
    const { principal, source } = await createSource(service, [
      { id: 'a', type: 'a' },
      { id: 'b', type: 'b' },
    ]);
    const input = { sourceId: source, eventTypes: ['b'], format: 'CSV', fields: ['delay'] };
    const { link, expiresAt, userErrors } = await prepared(principal, input);
    expect(userErrors).toEqual([]);
    expect(Date.parse(expiresAt)).toBeGreaterThan(Date.now());

    expect((await follow(link, { method: 'HEAD' })).status).toBe(404);
    const answer = await follow(link);
    expect(parse(await answer.text(), { columns: true })).toMatchObject([{ id: 'b', delay: '' }]);
    const again = await follow(link);
    expect([again.status, await again.json()]).toMatchObject([404, { field: ['ticket'] }]);
  });

  test('is gone after a minute, and is not to be read in Redis', async () => {
    const { principal, source } = await createSource(service, [{}]);
    const { link } = await prepared(principal, { sourceId: source });
    const redis = new Redis(service.redis.url);
    try {
      const keys = await redis.keys('export-ticket:*');
      const lifetimes = await Promise.all(keys.map((key) => redis.ttl(key)));
      expect(Math.min(...lifetimes)).toBeGreaterThan(0);
      expect(Math.max(...lifetimes)).toBeLessThanOrEqual(60);
      const ticket = new URL(link, 'http://any').searchParams.get('ticket') ?? '';
      expect(keys.join()).not.toContain(ticket);
      // As its time does.
      await redis.del(keys);
    } finally {
      redis.disconnect();
    }
    expect((await follow(link)).status).toBe(404);
  });

  test('is not given for another workspace’s source, nor for what is not understood', async () => {
    const { principal, source } = await createSource(service, [{}]);
    const mine = { link: null, expiresAt: null };
    expect(await prepared(person(), { sourceId: source })).toMatchObject({
      ...mine,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'sourceId'] }],
    });
    const input = { sourceId: source, from: at(2), to: at(1) };
    expect(await prepared(principal, input)).toMatchObject({
      ...mine,
      userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'to'] }],
    });
    expect((await follow('/v1/exports/events?ticket=made-up')).status).toBe(404);
  });
});

describe('readers', () => {
  const running = () => service.counter('exports_running');
  const allEnded = () => vi.waitFor(async () => expect(await running()).toBe(0), patience);
  const count = 60_000;
  let large: Awaited<ReturnType<typeof createLargeSource>>;
  beforeAll(async () => {
    large = await createLargeSource(service, count);
    await allEnded();
  });

  test('one that pauses gets all of it, and is counted', async () => {
    const { principal, source } = large;
    const before = await service.counter('events_exported_total\\{[^}]*ndjson[^}]*\\}');
    const reader = await beginExport(service, principal, { source });
    const { text, isWhole } = await reader.takeRest();
    expect(isWhole).toBe(true);
    expect(text.split('\n')).toHaveLength(count + 1);
    await allEnded();
    const after = await service.counter('events_exported_total\\{[^}]*ndjson[^}]*\\}');
    expect(after - before).toBe(count);
    const log = await service.subgraph.log();
    expect(log).toContain(`"events":${count}`);
    expect(log).not.toContain('xxxxx');
  });

  test('one that takes nothing is ended, and knows that it has not all', async () => {
    const reader = await beginExport(service, large.principal, { source: large.source });
    expect(await running()).toBe(1);
    await allEnded();
    const { text, isWhole } = await reader.takeRest();
    expect(isWhole).toBe(false);
    expect(text.split('\n').length).toBeLessThan(count);
  });

  test('one that leaves stops the reading', async () => {
    const reader = await beginExport(service, large.principal, { source: large.source });
    reader.leave();
    await allEnded();
    const log = await service.subgraph.log();
    expect(log).toContain('an export ended before its end');
  });

  test('of one workspace there are two at a time; others have room', async () => {
    const { principal, source } = large;
    const readers = await Promise.all(
      [1, 2].map(() => beginExport(service, principal, { source })),
    );
    const refused = await askExport(service, principal, { source });
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30']);
    const other = await createSource(service, [{ id: 'other' }]);
    expect(await exportedEvents(service, other.principal, { source: other.source })).toHaveLength(
      1,
    );
    readers[0]?.leave();
    await vi.waitFor(async () => expect(await running()).toBe(1), patience);
    const next = await beginExport(service, principal, { source });
    expect(next.status).toBe(200);
    for (const reader of [next, ...readers]) reader.leave();
    await allEnded();
  });

  test('what fails midway breaks the connection instead of ending the file', async () => {
    const { principal, source } = await createLargeSource(service, count);
    const reader = await beginExport(service, principal, { source, format: 'csv' });
    await service.database.pool.query(
      `INSERT INTO event (workspace_id, source_id, event_id, time, type, data, accepted_at)
       VALUES ($1, $2, 'new', $3::timestamptz + $4 * interval '1 second', 'tick', '{"new": 1}', now())`,
      [principal.workspace, source, firstTick, count - 1],
    );
    const { text, isWhole } = await reader.takeRest();
    expect(isWhole).toBe(false);
    expect(text.startsWith('id,time,type,accepted_at,n,text\r\n')).toBe(true);
    await allEnded();
  });

  test('a service that ends does not wait for them, and they know that they have not all', async () => {
    const { principal, source } = large;
    const reader = await beginExport(service, principal, { source });
    service.subgraph.kill('SIGTERM');
    expect(await reader.takeRest()).toMatchObject({ isWhole: false });
    await service.subgraph.restart();
    expect(await exportedEvents(service, principal, { source })).toHaveLength(count);
  });
});
