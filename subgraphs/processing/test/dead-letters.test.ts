import { person } from '@tributary/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { mutate } from './previews.ts';
import {
  createSource,
  deadLetters,
  event,
  type Processing,
  processedOf,
  publishPipeline,
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

/** Of a source whose pipeline refuses delays below 0 and holds those above 100 for review. */
async function strictSource(operator: Operator) {
  const source = await createSource(processing, operator, crypto.randomUUID());
  const rules = [
    { name: 'Positive', condition: 'data.delay >= 0' },
    { name: 'Plausible', condition: 'data.delay <= 100', otherwise: 'REVIEW' },
  ];
  await publishPipeline(processing, operator, source.id, [{ kind: 'check', rules }]);
  return source;
}

async function lettersOnce(operator: Operator, count: number) {
  return vi.waitFor(async () => {
    const letters = await deadLetters(processing, operator);
    expect(letters).toHaveLength(count);
    return letters;
  }, 10_000);
}

async function groups(operator: Operator, status = 'OPEN') {
  const { data } = await processing.subgraph.query(
    operator,
    `query ($r: [_Any!]!, $status: DeadLetterStatus!) { _entities(representations: $r) { ... on Workspace {
       deadLetterGroups(status: $status) { source { id } stage field cause count attempts firstFailedAt lastFailedAt } } } }`,
    { r: [{ __typename: 'Workspace', id: operator.workspace }], status },
  );
  return data._entities[0].deadLetterGroups;
}

const replayMany = (operator: Operator, filter: object) =>
  mutate(processing, operator, {
    name: 'replayDeadLetters',
    type: 'ReplayDeadLettersInput',
    select: 'replayed stillBad hasMore',
    input: { filter },
  });
const discard = (operator: Operator, input: object) =>
  mutate(processing, operator, {
    name: 'discardDeadLetters',
    type: 'DiscardDeadLettersInput',
    select: 'discarded',
    input,
  });
const review = (operator: Operator, input: object) =>
  mutate(processing, operator, {
    name: 'reviewDeadLetter',
    type: 'ReviewDeadLetterInput',
    select: 'deadLetter { id status note }',
    input,
  });

describe('dead letters by cause', () => {
  test('are one group however different the values that came, and the list can be narrowed to it', async () => {
    const operator = person();
    const { id, writeKey } = await createSource(processing, operator);
    await registerEventType(processing, operator, {
      required: ['delay'],
      properties: { delay: { type: 'number' } },
    });
    const bad = ['late', true, null, 'early'].map((delay) => event({ data: { delay } }));
    await send(processing, writeKey, [...bad, event({ data: {} }), { no: 'event' }]);
    const found = await groups(operator);
    expect(found).toHaveLength(3);
    expect(found[0]).toMatchObject({
      source: { id },
      stage: 'VALIDATE',
      field: 'data.delay',
      cause: 'must be number',
      count: 4,
      attempts: 4,
    });
    const { data } = await processing.subgraph.query(
      operator,
      `query ($r: [_Any!]!, $filter: DeadLetterFilter) { _entities(representations: $r) { ... on Workspace {
         deadLetters(first: 3, filter: $filter) { edges { node { reason } } pageInfo { hasNextPage } } } } }`,
      {
        r: [{ __typename: 'Workspace', id: operator.workspace }],
        filter: { sourceId: id, field: 'data.delay', cause: 'must be number' },
      },
    );
    const { edges, pageInfo } = data._entities[0].deadLetters;
    expect(pageInfo.hasNextPage).toBe(true);
    for (const { node } of edges) expect(node.reason).toMatch(/^must be number, got /);
  });

  test('are replayed by cause or all of them; those still bad stay, with another attempt', async () => {
    const operator = person();
    const { id, writeKey } = await strictSource(operator);
    const ids = ['a', 'b', 'c'];
    await send(processing, writeKey, [
      ...ids.map((one) => event({ id: one, data: { delay: -1 } })),
      { no: 'event' },
    ]);
    await lettersOnce(operator, 4);
    await publishPipeline(processing, operator, id, []);
    const other = await replayMany(operator, { sourceId: id, stage: 'ENRICH' });
    expect(other).toEqual({ replayed: 0, stillBad: 0, hasMore: false, userErrors: [] });
    const [{ cause, field }] = await groups(operator);
    const first = await replayMany(operator, { sourceId: id, cause, field });
    expect(first).toMatchObject({ replayed: 3, stillBad: 0, hasMore: false });
    await vi.waitFor(async () => {
      const records = await processedOf(processing, id);
      expect(records.map((record) => record.id).sort()).toEqual(ids);
    }, 10_000);
    expect(await replayMany(operator, {})).toMatchObject({ replayed: 0, stillBad: 1 });
    const open = (await deadLetters(processing, operator)).filter(
      ({ status }: { status: string }) => status === 'OPEN',
    );
    expect(open).toMatchObject([{ attempts: 2, field: 'id' }]);
    expect(await replayMany(person(), {})).toMatchObject({ replayed: 0, stillBad: 0 });
  });

  test('are discarded with a reason, one by one or by cause, and are not replayed any more', async () => {
    const operator = person();
    const { writeKey } = await createSource(processing, operator);
    await send(processing, writeKey, [{ a: 1 }, { b: 1 }, event({ time: 'never' })]);
    const letters = await lettersOnce(operator, 3);
    expect(
      (await discard(operator, { ids: [letters[0].id], reason: ' ' })).userErrors,
    ).toMatchObject([{ field: ['input', 'reason'] }]);
    expect((await discard(operator, { reason: 'x' })).userErrors).toHaveLength(1);
    const input = { ids: [letters[0].id], reason: 'A test of theirs' };
    expect(await discard(person(), input)).toMatchObject({ discarded: 0 });
    expect(await discard(operator, input)).toMatchObject({ discarded: 1 });
    expect(await discard(operator, input)).toMatchObject({ discarded: 0 });
    expect(await discard(operator, { filter: {}, reason: 'All' })).toMatchObject({ discarded: 2 });
    expect(await groups(operator)).toEqual([]);
    expect(await replayMany(operator, {})).toMatchObject({ replayed: 0, stillBad: 0 });
    const one = await mutate(processing, operator, {
      name: 'replayDeadLetter',
      type: 'ReplayDeadLetterInput',
      select: 'deadLetter { id }',
      input: { id: letters[0].id },
    });
    expect(one.userErrors).toMatchObject([
      { code: 'CONFLICT', message: 'This dead letter was discarded.' },
    ]);
  });
});

describe('a record that a rule finds ambiguous', () => {
  test('is held, and goes through once it is approved', async () => {
    const operator = person();
    const { id, writeKey } = await strictSource(operator);
    await send(processing, writeKey, event({ id: 'far', data: { delay: 500 } }));
    const [letter] = await lettersOnce(operator, 1);
    expect(letter).toMatchObject({
      status: 'HELD',
      stage: 'VALIDATE',
      reason: 'Plausible: the rule does not hold',
    });
    expect(await groups(operator)).toEqual([]);
    expect(await groups(operator, 'HELD')).toMatchObject([{ count: 1 }]);
    const plain = await mutate(processing, operator, {
      name: 'replayDeadLetter',
      type: 'ReplayDeadLetterInput',
      select: 'deadLetter { id }',
      input: { id: letter.id },
    });
    expect(plain.userErrors).toMatchObject([{ code: 'CONFLICT' }]);
    expect(
      (await review(person(), { id: letter.id, verdict: 'APPROVE' })).userErrors,
    ).toMatchObject([{ code: 'NOT_FOUND' }]);
    const approved = await review(operator, { id: letter.id, verdict: 'APPROVE' });
    expect(approved).toMatchObject({ userErrors: [] });
    await vi.waitFor(async () => {
      const [record] = await processedOf(processing, id);
      expect(record).toMatchObject({ id: 'far', data: { delay: 500 } });
      expect(record).not.toHaveProperty('approved');
      expect(await deadLetters(processing, operator)).toMatchObject([{ status: 'RESOLVED' }]);
    }, 10_000);
  });

  test('is discarded once it is rejected, with the reason', async () => {
    const operator = person();
    const { id, writeKey } = await strictSource(operator);
    await send(processing, writeKey, event({ data: { delay: 500 } }));
    const [letter] = await lettersOnce(operator, 1);
    const input = { id: letter.id, verdict: 'REJECT' };
    expect((await review(operator, input)).userErrors).toMatchObject([
      { field: ['input', 'reason'] },
    ]);
    expect(await review(operator, { ...input, reason: 'No flight is that late' })).toEqual({
      deadLetter: { id: letter.id, status: 'DISCARDED', note: 'No flight is that late' },
      userErrors: [],
    });
    expect(await review(operator, { ...input, verdict: 'APPROVE' })).toMatchObject({
      userErrors: [{ code: 'CONFLICT', message: 'This dead letter was discarded.' }],
    });
    expect(await processedOf(processing, id)).toEqual([]);
  });
});

test('of two verdicts at once on a held letter one counts, and the other is told so', async () => {
  const operator = person();
  const { writeKey } = await strictSource(operator);
  await send(
    processing,
    writeKey,
    Array.from({ length: 8 }, () => event({ data: { delay: 500 } })),
  );
  for (const { id } of await lettersOnce(operator, 8)) {
    const answers = await Promise.all(
      ['first', 'second'].map((reason) => review(operator, { id, verdict: 'REJECT', reason })),
    );
    const errors = answers.flatMap(({ userErrors }) => userErrors);
    expect(errors).toMatchObject([{ code: 'CONFLICT' }]);
  }
});

test('a dry run says what a replay would come to, and leaves all as it is', async () => {
  const operator = person();
  const { id, writeKey } = await strictSource(operator);
  await send(processing, writeKey, event({ id: 'x', data: { delay: -1 } }));
  const [letter] = await lettersOnce(operator, 1);
  const dryRun = async (who: Operator, edited?: object) => {
    const { data } = await processing.subgraph.query(
      who,
      `query ($input: ReplayDeadLetterInput!) { dryRunDeadLetter(input: $input) {
         event { outcome stage reason after changes { path } } userErrors { code field } } }`,
      { input: { id: letter.id, ...(edited && { event: edited }) } },
    );
    return data.dryRunDeadLetter;
  };
  expect(await dryRun(operator)).toMatchObject({
    event: { outcome: 'FAILED', stage: 'VALIDATE', after: null },
  });
  expect(await dryRun(operator, event({ id: 'x', data: { delay: 1 } }))).toMatchObject({
    event: { outcome: 'PROCESSED', after: { data: { delay: 1 } } },
    userErrors: [],
  });
  expect(await dryRun(operator, { id: 'x' })).toMatchObject({
    event: null,
    userErrors: [{ field: ['input', 'event', 'source'] }],
  });
  expect(await dryRun(person())).toMatchObject({ userErrors: [{ code: 'NOT_FOUND' }] });
  expect(await processedOf(processing, id)).toEqual([]);
  expect(await deadLetters(processing, operator)).toMatchObject([{ status: 'OPEN', attempts: 1 }]);
});
