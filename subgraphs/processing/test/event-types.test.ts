import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mutate, sourceFields } from './previews.ts';
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

type Operator = ReturnType<typeof person>;

const flight = { type: 'object', required: ['delay'], properties: { delay: { type: 'integer' } } };

const changeSource = (operator: Operator, id: string, unknownTypes: string) =>
  mutate(processing, operator, {
    name: 'changeSource',
    type: 'ChangeSourceInput',
    select: 'source { id unknownTypes }',
    input: { id, unknownTypes },
  });

async function ask(operator: Operator, document: string, input: object) {
  const { data, errors } = await processing.subgraph.query(operator, document, { input });
  expect(errors).toBeUndefined();
  return Object.values<Record<string, unknown>>(data)[0];
}

const check = (operator: Operator, input: object) =>
  ask(
    operator,
    `query ($input: RegisterEventTypeInput!) { checkEventType(input: $input) {
       breakingChanges { path message } userErrors { field } } }`,
    input,
  );
const infer = (operator: Operator, input: object) =>
  ask(
    operator,
    `query ($input: InferEventTypeInput!) { inferEventType(input: $input) {
       jsonSchema exampleCount userErrors { field message } } }`,
    input,
  );

describe('the next version of an event type', () => {
  test('is compared with the one before it, too, when both are registered at once', async () => {
    const operator = person();
    for (const name of Array.from({ length: 5 }, () => crypto.randomUUID())) {
      const answers = await Promise.all(
        ['integer', 'string'].map((type) =>
          registerEventType(processing, operator, { properties: { delay: { type } } }, name, {
            allowBreaking: false,
          }),
        ),
      );
      const errors = answers.flatMap(({ userErrors }) => userErrors);
      expect(errors).toMatchObject([{ code: 'CONFLICT' }]);
    }
  });

  test('takes what the one before it took, or is refused by the place, unless breaks are allowed', async () => {
    const operator = person();
    const register = (schema: object, allowBreaking = false) =>
      registerEventType(processing, operator, schema, 'flight.departed', { allowBreaking });
    expect((await register(flight)).userErrors).toEqual([]);
    const wider = { ...flight, properties: { delay: { type: 'number' }, crew: {} } };
    expect(await register(wider)).toMatchObject({ eventType: { version: 2 }, userErrors: [] });
    const narrower = { ...wider, required: ['delay', 'crew'] };
    expect(await check(operator, { name: 'flight.departed', jsonSchema: narrower })).toEqual({
      breakingChanges: [{ path: 'required', message: 'asks for crew, which could be left out' }],
      userErrors: [],
    });
    expect(await register(narrower)).toMatchObject({
      eventType: null,
      userErrors: [{ code: 'CONFLICT', field: ['input', 'jsonSchema', 'required'] }],
    });
    expect(await register(narrower, true)).toMatchObject({ eventType: { version: 3 } });
    const other = person();
    expect(await check(other, { name: 'flight.departed', jsonSchema: flight })).toMatchObject({
      breakingChanges: [],
    });
  });
});

test('a schema is inferred from a source’s samples and from examples, and takes them', async () => {
  const operator = person();
  const { id, writeKey } = await createSource(processing, operator);
  expect(await infer(operator, { sourceId: id, type: 'flight.departed' })).toMatchObject({
    jsonSchema: null,
    userErrors: [{ field: ['input', 'type'] }],
  });
  const data = { delay: 4, legs: [{ miles: 1.5 }] };
  await send(processing, writeKey, event({ data }));
  const examples = [{ delay: 5, gate: 'A1' }];
  const inferred = await vi.waitFor(async () => {
    const answer = await infer(operator, { sourceId: id, type: 'flight.departed', examples });
    expect(answer?.exampleCount).toBe(2);
    return answer;
  }, 10_000);
  expect(inferred?.jsonSchema).toMatchObject({
    type: 'object',
    required: ['delay'],
    properties: { delay: { type: 'integer' }, gate: { type: 'string' } },
  });
  await registerEventType(processing, operator, inferred?.jsonSchema);
  expect((await send(processing, writeKey, event({ data }))).status).toBe(200);
  expect((await send(processing, writeKey, event({ data: { delay: 'late' } }))).status).toBe(422);
  expect(await infer(person(), { sourceId: id, type: 'flight.departed' })).toMatchObject({
    jsonSchema: null,
    exampleCount: 0,
  });
});

describe('events of a type that nobody registered', () => {
  test('pass, unless their source says otherwise', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    const fields = 'unknownTypes';
    expect(await sourceFields(processing, operator, id, fields)).toEqual({
      unknownTypes: 'ACCEPT',
    });
    expect((await send(processing, writeKey, event())).status).toBe(200);
    expect(await changeSource(person(), id, 'REJECT')).toMatchObject({
      source: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'id'] }],
    });
    expect(await sourceFields(processing, operator, id, fields)).toEqual({
      unknownTypes: 'ACCEPT',
    });
  });

  test('are refused at the door where the source rejects them; registered ones are not', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await registerEventType(processing, operator, flight);
    expect(await changeSource(operator, id, 'REJECT')).toMatchObject({
      source: { unknownTypes: 'REJECT' },
    });
    const answer = await send(processing, writeKey, [event(), event({ type: 'odd' })]);
    expect(answer.body).toMatchObject({
      accepted: 1,
      verdicts: [
        { status: 'accepted' },
        {
          status: 'rejected',
          field: 'type',
          reason: 'expected a type that is registered, got "odd"',
        },
      ],
    });
    expect(await deadLetters(processing, operator)).toMatchObject([
      { stage: 'ACCEPT', field: 'type', status: 'OPEN' },
    ]);
  });

  test('are held where the source quarantines them, and go through once approved', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await changeSource(operator, id, 'QUARANTINE');
    const answer = await send(processing, writeKey, event({ id: 'odd', type: 'odd' }));
    expect(answer.status).toBe(200);
    const letter = await vi.waitFor(async () => {
      const [found] = await deadLetters(processing, operator);
      expect(found).toMatchObject({ status: 'HELD', stage: 'VALIDATE', field: 'type' });
      return found;
    }, 10_000);
    expect(await processedOf(processing, id)).toEqual([]);
    const approved = await mutate(processing, operator, {
      name: 'reviewDeadLetter',
      type: 'ReviewDeadLetterInput',
      select: 'deadLetter { id }',
      input: { id: letter.id, verdict: 'APPROVE' },
    });
    expect(approved.userErrors).toEqual([]);
    await vi.waitFor(async () => {
      expect(await processedOf(processing, id)).toMatchObject([{ id: 'odd' }]);
    }, 10_000);
  });
});
