import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { readLines } from './read-lines.ts';

const goOn = new AbortController().signal;
const line = Buffer.from(`${JSON.stringify({ text: 'x'.repeat(1_000) })}\n`.repeat(64));

test('while a batch is taken no more of the body is read than is on its way', async () => {
  let sent = 0;
  const body = Readable.from(
    (function* () {
      for (; sent < 200; sent += 1) yield line;
    })(),
    { highWaterMark: 1, objectMode: true },
  );
  const batches = readLines(body, goOn);
  const first = await batches.next();
  let records = first.value?.length ?? 0;
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  expect(sent * 64 - records).toBeLessThan(4 * 64);
  for await (const batch of batches) records += batch.length;
  expect(records).toBe(200 * 64);
});

test('what came whole before the body broke off is there before the break is told', async () => {
  const body = Readable.from(
    (async function* () {
      yield Buffer.from('{"a":1}\n{"a":2}\n{"a"');
      throw new Error('the line is dead');
    })(),
  );
  const values: unknown[] = [];
  await expect(async () => {
    for await (const batch of readLines(body, goOn)) for (const one of batch) values.push(one);
  }).rejects.toThrow('the line is dead');
  expect(values).toMatchObject([{ value: { a: 1 } }, { value: { a: 2 } }]);
});

test('more than 256 MB are not read, nor more lines than an answer may tell of', async () => {
  const readAll = async (text: string) => {
    const chunks = Array<Buffer>(5_000).fill(Buffer.alloc(65_536, text));
    for await (const batch of readLines(Readable.from(chunks), goOn)) expect(batch).toEqual([]);
  };
  await expect(readAll(' ')).rejects.toThrow('larger than 256 MB');
  await expect(readAll(' \n')).rejects.toThrow('at most 250000 records');
});
