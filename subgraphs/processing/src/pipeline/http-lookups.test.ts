import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createHttpLookups } from './http-lookups.ts';

const answerLength = 50_000;
const server = createServer((_, response) => {
  response.end(JSON.stringify({ text: 'x'.repeat(answerLength) }));
});
let host: string;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const request = (key: string, cacheSeconds = 300) => ({
  url: `http://${host}/${key}`,
  cacheSeconds,
});

test('answers that are held are bounded by what they weigh, the oldest let go first', async () => {
  const lookups = createHttpLookups({ hosts: [host], mostBytes: 4.5 * answerLength });
  const requests = ['a', 'b', 'c', 'd', 'e', 'f'].map((key) => request(key));
  for (const one of requests) await lookups.fetchAll([one]);
  const held = requests.filter((one) => lookups.peek(one) !== undefined);
  expect(held).toEqual(requests.slice(2));
});

test('an answer that one stage keeps for long is not taken for one that another wants fresh', async () => {
  const lookups = createHttpLookups({ hosts: [host] });
  await lookups.fetchAll([request('a', 86_400)]);
  expect(lookups.peek(request('a', 86_400))).toMatchObject({ kind: 'known' });
  expect(lookups.peek(request('a', 10))).toBeUndefined();
});
