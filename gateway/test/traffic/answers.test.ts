import { expect, test } from 'vitest';
import { answers, startFaultySubgraph } from './support/faulty-subgraph.ts';
import { createTraffic } from './support/traffic.ts';

const once = { retries: { attempts: 0 } };

test.each([
  ['HTML', '<html></html>', { 'content-type': 'text/html' }],
  ['a word', 'yes', {}],
  ['JSON that ends too early', '{"data":{', {}],
  ['a list', '[{"data":{}}]', {}],
  ['neither data nor errors', '{"extensions":{}}', {}],
  ['data that is a list', '{"data":[1]}', {}],
  ['data that is a text', '{"data":"x"}', {}],
  ['errors that are no list', '{"errors":{"message":"x"}}', {}],
  ['errors without a message', '{"errors":[{}]}', {}],
  ['no errors in their list', '{"errors":[]}', {}],
  ['another charset', '{"data":{}}', { 'content-type': 'application/json; charset=utf-16' }],
  ['another type of JSON', '{"data":{}}', { 'content-type': 'application/jsonp' }],
])('%s is no answer', async (_, body, headers) => {
  await using subgraph = await startFaultySubgraph(answers(body, { headers }));
  await using traffic = createTraffic(subgraph.url, once);

  await expect(traffic.query('{ ok }')).rejects.toMatchObject({ code: 'INTERNAL' });

  const series = 'gateway_subgraph_fetches_total{subgraph="things",outcome="malformed"';
  expect(await traffic.metric(series)).toBe(1);
});

test.each([
  ['application/json; charset=UTF-8', 200],
  ['application/graphql-response+json', 400],
])('a GraphQL answer as %s with status %i is taken', async (contentType, status) => {
  const body = {
    data: null,
    errors: [{ message: 'no', path: ['a', 0], extensions: { code: 'X' } }],
  };
  await using subgraph = await startFaultySubgraph(
    answers(body, { status, headers: { 'content-type': contentType } }),
  );
  await using traffic = createTraffic(subgraph.url, once);

  await expect(traffic.query('{ ok }')).resolves.toEqual({ ...body, shared: false });
});

test('a redirect is not followed', async () => {
  await using elsewhere = await startFaultySubgraph();
  await using subgraph = await startFaultySubgraph(
    answers('', { status: 307, headers: { location: elsewhere.url } }),
  );
  await using traffic = createTraffic(subgraph.url);

  await expect(traffic.query('{ ok }')).rejects.toMatchObject({ code: 'INTERNAL' });

  expect(elsewhere.seen).toEqual([]);
});

test('an answer over the limit is given up before it is read', async () => {
  await using subgraph = await startFaultySubgraph(answers({ data: { ok: 'x'.repeat(5_000) } }));
  await using traffic = createTraffic(subgraph.url, { ...once, largestAnswer: 2_000 });

  await expect(traffic.query('{ ok }')).rejects.toMatchObject({ code: 'TOO_LARGE' });
});

test('keys such as __proto__ stay plain keys of the answer and change no other object', async () => {
  const body = '{"data":{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}}';
  await using subgraph = await startFaultySubgraph(answers(body));
  await using traffic = createTraffic(subgraph.url);

  const { data } = await traffic.query('{ ok }');

  expect(Object.keys(data ?? {})).toEqual(['__proto__', 'constructor']);
  expect(Object.getPrototypeOf(data)).toBe(Object.prototype);
  expect(({} as { admin?: boolean }).admin).toBeUndefined();
});
