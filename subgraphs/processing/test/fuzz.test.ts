import { person } from '@tributary/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import {
  createSource,
  deadLetters,
  event,
  type Processing,
  processedOf,
  registerEventType,
  send,
  startProcessing,
} from './processing.ts';

let processing: Processing;
beforeAll(async () => {
  processing = await startProcessing();
});
afterAll(() => processing[Symbol.asyncDispose]());

/** Bodies that each test sends; `npm run fuzz:events` asks for many more. */
const numRuns = Math.ceil(Number(process.env.FUZZ_BODIES ?? 600) / 2);

/** An event with parts replaced, taken away or added. */
const mutated = fc
  .tuple(
    fc.dictionary(
      fc.constantFrom(
        'specversion',
        'id',
        'source',
        'type',
        'time',
        'subject',
        'data',
        'workspace',
        'sourceid',
      ),
      fc.oneof(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constant(undefined)),
    ),
    fc.boolean(),
  )
  .map(([changes, keepsId]) => event({ ...changes, ...(keepsId && { id: crypto.randomUUID() }) }));

/** A line of NDJSON: an event, something else, or an event with bytes knocked out. */
const line = fc.oneof(
  mutated.map((value) => JSON.stringify(value)),
  fc.json(),
  fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' ')),
  fc
    .tuple(fc.nat(150), fc.constantFrom('', '"', '{', ']', '\\', '\u0000', '\ufffd'))
    .map(([at, text]) => {
      const whole = JSON.stringify(event());
      return whole.slice(0, at) + text + whole.slice(at + 1);
    }),
);

const schema = { type: 'object', properties: { delay: { type: 'number' } }, required: ['delay'] };

test('whatever stands beside them, good records of a body are taken, and nothing is a fault of ours', async () => {
  const owner = person();
  const { id, writeKey } = await createSource(processing, owner);
  await registerEventType(processing, owner, schema);
  const accepted = new Set<string>();
  await fc.assert(
    fc.asyncProperty(fc.array(line, { maxLength: 20 }), fc.nat(), async (lines, place) => {
      const good = event();
      const body = lines.toSpliced(place % (lines.length + 1), 0, JSON.stringify(good)).join('\n');
      const { status, body: answer } = await send(processing, writeKey, body, {
        type: 'application/x-ndjson',
      });
      expect([200, 207]).toContain(status);
      const verdicts: { id: string; status: string }[] = answer.verdicts;
      expect(verdicts).toContainEqual(expect.objectContaining({ id: good.id, status: 'accepted' }));
      expect(answer.accepted + answer.duplicates + answer.rejected).toBe(verdicts.length);
      for (const verdict of verdicts) {
        if (verdict.status === 'accepted') accepted.add(verdict.id);
      }
    }),
    { numRuns },
  );
  await vi.waitFor(async () => {
    const processed = new Set((await processedOf(processing, id)).map((record) => record.id));
    expect([...accepted].filter((one) => !processed.has(one))).toEqual([]);
  }, 60_000);
  // Whatever a body said of workspaces and sources, its records are the write key's.
  const elsewhere = (await processing.processed()).filter((record) => record.sourceid !== id);
  expect(elsewhere.filter((record) => accepted.has(record.id))).toEqual([]);
  expect(await deadLetters(processing, person())).toEqual([]);
});

test('any bytes as any content type get an answer that says what is wrong, never a fault of ours', async () => {
  const { writeKey } = await createSource(processing, person());
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(
        fc.uint8Array({ maxLength: 300 }).map((bytes) => Uint8Array.from(bytes)),
        fc.json().map((text) => new TextEncoder().encode(text)),
        fc.array(mutated).map((events) => new TextEncoder().encode(JSON.stringify(events))),
      ),
      fc.constantFrom(
        'application/json',
        'application/cloudevents+json',
        'application/cloudevents-batch+json',
        'application/x-ndjson',
        'text/plain',
      ),
      fc.constantFrom(undefined, 'gzip', 'zstd', 'identity'),
      async (body, type, encoding) => {
        const headers = encoding === undefined ? {} : { 'content-encoding': encoding };
        const { status } = await send(processing, writeKey, body, { type, headers });
        expect([200, 207, 400, 413, 415, 422]).toContain(status);
      },
    ),
    { numRuns },
  );
});
