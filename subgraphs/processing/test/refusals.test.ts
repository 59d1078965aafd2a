import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import {
  createSource,
  deadLetters,
  event,
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

describe('a body that is no batch is refused with problem details', () => {
  const megabytes = (count: number) => `[${' '.repeat(count * 1_048_576 - 2)}]`;
  const cases = [
    {
      name: 'truncated JSON',
      body: '[{"id": "a", "da',
      status: 400,
      code: 'INVALID_JSON',
      detail: /ends too early, at line 1, column 17/,
    },
    {
      name: 'text',
      body: 'hello there',
      status: 400,
      code: 'INVALID_JSON',
      detail: /got "hello ther" at line 1, column 1/,
    },
    {
      name: 'a missing comma',
      body: '[{}\n {}]',
      status: 400,
      code: 'INVALID_JSON',
      detail: /line 2, column 2/,
    },
    {
      name: 'bytes that are no UTF-8',
      body: new Uint8Array([0x7b, 0xff, 0x7d]),
      status: 400,
      code: 'INVALID_JSON',
      detail: /UTF-8/,
    },
    {
      name: 'an empty array',
      body: ' [ ] ',
      status: 400,
      code: 'INVALID_INPUT',
      detail: /empty batch/,
    },
    { name: 'an empty body', body: '', status: 400, code: 'INVALID_INPUT', detail: /empty batch/ },
    {
      name: 'only blank lines',
      body: '\n \n',
      type: 'application/x-ndjson',
      status: 400,
      code: 'INVALID_INPUT',
      detail: /empty batch/,
    },
    {
      name: 'an array as one event',
      body: '[{}]',
      type: 'application/cloudevents+json',
      status: 400,
      code: 'INVALID_INPUT',
      detail: /one event/,
    },
    {
      name: 'one event as a batch',
      body: '{}',
      type: 'application/cloudevents-batch+json',
      status: 400,
      code: 'INVALID_INPUT',
      detail: /an array/,
    },
    {
      name: 'XML',
      body: '<a/>',
      type: 'application/xml',
      status: 415,
      code: 'UNSUPPORTED_MEDIA_TYPE',
      detail: /./,
    },
    {
      name: 'an unclosed nest of a million arrays',
      body: '['.repeat(1_000_000),
      status: 400,
      code: 'INVALID_JSON',
      detail: /ends too early/,
    },
    { name: '11 MB', body: megabytes(11), status: 413, code: 'TOO_LARGE', detail: /10 MB/ },
    {
      name: 'lines, but none that says anything',
      body: '\n \n',
      type: 'application/x-ndjson',
      status: 400,
      code: 'INVALID_INPUT',
      detail: /at least one event/,
    },
  ];
  for (const { name, body, type, status, code, detail } of cases) {
    test(name, async () => {
      const { writeKey } = await createSource(processing, person());
      const answer = await send(processing, writeKey, body, type === undefined ? {} : { type });
      expect(answer.headers.get('content-type')).toMatch('application/problem+json');
      expect(answer.body).toMatchObject({ status, code, detail: expect.stringMatching(detail) });
      expect(answer.status).toBe(status);
      expect((await send(processing, writeKey, event())).status).toBe(200);
    });
  }

  test('a truncated line costs that line only, and its verdict says where', async () => {
    const { writeKey } = await createSource(processing, person());
    const body = `${JSON.stringify(event())}\n{"id":"cut","so`;
    const answer = await send(processing, writeKey, body, { type: 'application/x-ndjson' });
    expect(answer.body).toMatchObject({ accepted: 1, rejected: 1 });
    expect(answer.body.verdicts[1].reason).toMatch(/ends too early, at line 1, column 16/);
  });

  test('a line with raw NUL bytes becomes a dead letter', async () => {
    const operator = person();
    const { writeKey } = await createSource(processing, operator);
    const answer = await send(processing, writeKey, '{"\u0000', { type: 'application/x-ndjson' });
    expect(answer.status).toBe(422);
    expect((await deadLetters(processing, operator))[0].original).toBe('{"\ufffd');
  });
});

describe('what cannot be stored downstream is rejected by the record', () => {
  const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`;
  const withData = (data: string) => `{"id":"x","source":"/s","type":"t","data":${data}}`;
  const cases = [
    { name: 'a NUL character', data: '{"a":"x\\u0000y"}', field: 'data.a' },
    { name: 'a NUL character in a name', data: '{"a\\u0000":1}', field: 'data.a\ufffd' },
    { name: 'a lone surrogate', data: '{"a":["\\ud800"]}', field: 'data.a.0' },
    { name: 'a number beyond a double', data: '{"a":1e999}', field: 'data.a' },
    {
      name: 'the name __proto__',
      data: '{"__proto__":{"polluted":true}}',
      field: 'data.__proto__',
    },
    { name: 'nesting deeper than 64 levels', data: deep(64), field: `data${'.a'.repeat(63)}` },
    {
      name: 'nesting deeper than 100,000 levels',
      data: deep(100_000),
      field: `data${'.a'.repeat(63)}`,
    },
  ];
  for (const { name, data, field } of cases) {
    test(name, async () => {
      const operator = person();
      const { writeKey } = await createSource(processing, operator);
      const answer = await send(processing, writeKey, `[${withData(data)},${withData('{}')}]`);
      expect(answer.status).toBe(207);
      expect(answer.body.verdicts[0]).toMatchObject({ status: 'rejected', field });
      expect(await deadLetters(processing, operator)).toHaveLength(1);
    });
  }

  test('but plain names such as constructor and 64 levels are taken', async () => {
    const { id, writeKey } = await createSource(processing, person());
    const data = `{"constructor":{"prototype":"Ferrari"},"deep":${deep(62)}}`;
    expect((await send(processing, writeKey, withData(data))).status).toBe(200);
    await vi.waitFor(
      async () => {
        const [record] = await processedOf(processing, id);
        expect(record?.data).toEqual(JSON.parse(data));
      },
      { timeout: 15_000 },
    );
  });
});
