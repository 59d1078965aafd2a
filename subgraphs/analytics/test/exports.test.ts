import { cloudEventSchema } from '@tributary/events';
import { parse } from 'csv-parse/sync';
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AnalyticsService } from './analytics-service.ts';
import {
  askExport,
  at,
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

describe('NDJSON', () => {
  test('is a CloudEvent a line as the door takes it, oldest first', async () => {
    const sent = [
      { id: 'b', time: at(2), type: 'flight.departed', data: { delay: 3.5, origin: 'JFK' } },
      { id: 'a', time: at(1), type: 'flight "late"', data: { nested: { list: [1, null, 'é\n'] } } },
    ];
    const { principal, source } = await createSource(service, sent);

    const answer = await askExport(service, principal, { source });
    const lines = (await answer.text()).split('\n').filter(Boolean);

    expect(answer.headers.get('content-type')).toBe('application/x-ndjson');
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="events-\d{8}\.ndjson"$/,
    );
    const events = lines.map((line) => cloudEventSchema.parse(JSON.parse(line)));
    expect(events).toMatchObject(sent.toReversed());
    expect(events.map(({ source: from }) => from)).toEqual([
      `urn:uuid:${source}`,
      `urn:uuid:${source}`,
    ]);
  });

  test('holds the chosen fields alone', async () => {
    const { principal, source } = await createSource(service, [{ data: { a: 1, b: 2, c: [3] } }]);
    const events = await exportedEvents(service, principal, { source, fields: 'c,a,missing' });
    expect(events).toMatchObject([{ data: { c: [3], a: 1 } }]);
    expect(Object.keys(events[0]?.data ?? {})).toEqual(['c', 'a']);
  });
});

describe('which events', () => {
  test('every one once, however many have the same time, and however large they are', async () => {
    const ids = Array.from({ length: 4_100 }, (_, n) => `same-${String(n).padStart(5, '0')}`);
    const large = Array.from({ length: 12 }, (_, n) => ({
      id: `large-${n}`,
      time: at(60 + n),
      data: { text: String(n).repeat(200_000) },
    }));
    const afterAGap = { id: 'a year later', time: '2027-11-01T00:00:00Z' };
    const { principal, source } = await createSource(service, [
      ...ids.map((id) => ({ id, time: at(5) })),
      ...large,
      afterAGap,
    ]);

    const events = await exportedEvents(service, principal, { source, to: '2028-01-01' });

    const expected = [...ids, ...large.map(({ id }) => id), afterAGap.id];
    expect(events.map(({ id }) => id)).toEqual(expected);
  });

  test('those of a range, its end not included, and of some types', async () => {
    const seconds = [0, 10, 20, 30];
    const { principal, source } = await createSource(
      service,
      seconds.flatMap((second) =>
        ['a', 'b', 'c'].map((type) => ({ id: `${type}${second}`, type, time: at(second) })),
      ),
    );
    const ids = async (...parameters: [string, string][]) => {
      const events = await exportedEvents(service, principal, [['source', source], ...parameters]);
      return events.map(({ id }) => id);
    };

    expect(await ids(['from', at(10)], ['to', at(30)], ['type', 'a'])).toEqual(['a10', 'a20']);
    expect(await ids(['from', at(30)], ['type', 'a'], ['type', 'c'])).toEqual(['a30', 'c30']);
    expect(await ids(['to', at(10)])).toEqual(['a0', 'b0', 'c0']);
    expect(await ids(['from', '2026-10-01'], ['to', '2026-10-02'])).toHaveLength(12);
    expect(await ids(['from', '2026-10-02'])).toEqual([]);
    expect(await ids(['type', 'd'])).toEqual([]);
  });

  test('none of the future, unless it is asked for', async () => {
    const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
    const { principal, source } = await createSource(service, [{ id: 'future', time: inAnHour }]);
    expect(await exportedEvents(service, principal, { source })).toEqual([]);
    const events = await exportedEvents(service, principal, { source, to: '2999-01-01' });
    expect(events).toMatchObject([{ id: 'future' }]);
  });
});

describe('CSV', () => {
  const data = [
    { delay: -3, origin: '=1+1', 'a "b", c': 'x\ny' },
    { delay: null, time: 'noon', stops: [{ at: 'SEA' }], late: true },
  ];

  test('has a column for each field that the events have', async () => {
    const { principal, source } = await createSource(
      service,
      data.map((each, n) => ({ id: `${n}`, time: at(n), acceptedat: at(9), data: each })),
    );

    const answer = await askExport(service, principal, { source, format: 'csv' });

    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const own = { type: 'flight.departed', accepted_at: at(9) };
    expect(parse(await answer.text(), { columns: true })).toEqual([
      {
        ...{ id: '0', time: at(0), ...own, delay: '-3', origin: "'=1+1", 'a "b", c': 'x\ny' },
        ...{ 'data.time': '', stops: '', late: '' },
      },
      {
        ...{ id: '1', time: at(1), ...own, delay: '', origin: '', 'a "b", c': '' },
        ...{ 'data.time': 'noon', stops: '[{"at":"SEA"}]', late: 'true' },
      },
    ]);
  });

  test('of more fields than a table has says to choose, and gives those chosen in their order', async () => {
    const many = Object.fromEntries(Array.from({ length: 501 }, (_, n) => [`field_${n}`, n]));
    const { principal, source } = await createSource(service, [{ data: many }]);

    const refused = await askExport(service, principal, { source, format: 'csv' });
    expect([refused.status, await refused.json()]).toMatchObject([400, { field: ['fields'] }]);

    const parameters = { source, format: 'csv', fields: 'field_7,nothing,field_2' };
    const [header, row] = (await (await askExport(service, principal, parameters)).text()).split(
      '\r\n',
    );
    expect(header).toBe('id,time,type,accepted_at,field_7,nothing,field_2');
    expect(row).toMatch(/,7,,2$/);
  });
});

describe('Parquet', () => {
  const read = async (answer: Response) => {
    const file = await answer.arrayBuffer();
    const metadata = parquetMetadata(file);
    const types = Object.fromEntries(
      parquetSchema(metadata).children.map(({ element }) => [
        element.name,
        element.converted_type ?? element.type,
      ]),
    );
    return { rows: await parquetReadObjects({ file }), types, groups: metadata.row_groups.length };
  };

  test('keeps times as times and data as JSON, in as many row groups as it takes', async () => {
    const count = 12_500;
    const { principal, source } = await createLargeSource(service, count);
    const file = await read(await askExport(service, principal, { source, format: 'parquet' }));

    expect(file.types).toEqual({
      id: 'UTF8',
      time: 'TIMESTAMP_MILLIS',
      type: 'UTF8',
      accepted_at: 'TIMESTAMP_MILLIS',
      data: 'JSON',
    });
    expect(file.groups).toBe(2);
    expect(file.rows).toHaveLength(count);
    expect(file.rows.at(-1)).toMatchObject({
      id: String(count),
      time: new Date(Date.parse(firstTick) + count * 1000),
      data: { n: count, text: 'x'.repeat(500) },
    });
  });

  test('gives chosen fields columns of their types, whatever the first event has', async () => {
    const { principal, source } = await createSource(service, [
      { id: '0', time: at(0), data: { number: null, mixed: 'one' } },
      {
        id: '1',
        time: at(1),
        data: { number: 1.5, mixed: 2, flag: false, id: 'x', 'data.id': 'y', list: [1] },
      },
    ]);
    const fields = 'number,mixed,flag,id,data.id,list,missing';
    const file = await read(
      await askExport(service, principal, { source, format: 'parquet', fields }),
    );

    expect(file.types).toMatchObject({
      number: 'DOUBLE',
      mixed: 'JSON',
      flag: 'BOOLEAN',
      'data.id': 'UTF8',
      'data.data.id': 'UTF8',
      list: 'JSON',
      missing: 'UTF8',
    });
    expect(file.rows).toMatchObject([
      { id: '0', number: null, mixed: 'one', flag: null, 'data.data.id': null, list: null },
      {
        id: '1',
        number: 1.5,
        mixed: 2,
        flag: false,
        'data.data.id': 'x',
        'data.id': 'y',
        list: [1],
      },
    ]);
  });

  test('of no events is a file with columns and no rows', async () => {
    const { principal, source } = await createSource(service, [{}]);
    const parameters = { source, format: 'parquet', type: 'none' };
    const file = await read(await askExport(service, principal, parameters));
    expect(file).toMatchObject({ rows: [], types: { time: 'TIMESTAMP_MILLIS' } });
  });
});

test.for(['zstd', 'gzip'])('whoever takes %s gets it packed', async (encoding) => {
  const { principal, source } = await createSource(service, [{ id: 'packed' }]);
  const headers = { 'accept-encoding': encoding };
  const answer = await askExport(service, principal, { source }, headers);
  expect(answer.headers.get('content-encoding')).toBe(encoding);
  expect(JSON.parse(await answer.text())).toMatchObject({ id: 'packed' });
  const parquet = await askExport(service, principal, { source, format: 'parquet' }, headers);
  expect(parquet.headers.get('content-encoding')).toBeNull();
  await parquet.arrayBuffer();
});
