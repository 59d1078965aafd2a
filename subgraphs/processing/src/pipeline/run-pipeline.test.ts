import { eventProcessed } from '@tributary/events';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { receivedEvent } from '../../test/received-event.ts';
import { compileStages } from './compile-stages.ts';
import { createHttpLookups } from './http-lookups.ts';
import { runPipeline } from './run-pipeline.ts';
import { type StageDefinition, stagesSchema } from './stage-definition.ts';

const tables = new Map([['airports', new Map([['SEA', { iata: 'SEA', city: 'Seattle' }]])]]);
const means = { tables, http: createHttpLookups({ hosts: [] }), maskKey: 'key' };

function run(data: Record<string, unknown>, stages: unknown[], validate?: () => never) {
  const definitions: StageDefinition[] = stagesSchema.parse(stages);
  return runPipeline(receivedEvent(data), { validate, stages: compileStages(definitions, means) });
}

const dataOf = (outcome: ReturnType<typeof run>) =>
  outcome.kind === 'processed' ? outcome.event.data : outcome;

const field = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.a', 'c.c.c');
const value = fc.jsonValue({ maxDepth: 2 });
const anyStage = fc.oneof(
  fc.record({
    kind: fc.constant('transform'),
    rename: fc.dictionary(field, field),
    set: fc.dictionary(field, value),
    drop: fc.tuple(field),
  }),
  fc.record({
    kind: fc.constant('enrich'),
    table: fc.constantFrom('airports', 'missing'),
    on: field,
    add: fc.dictionary(field, fc.constantFrom('city', 'none')),
  }),
  fc.record({
    kind: fc.constant('route'),
    drop: fc.record({
      field,
      operator: fc.constantFrom('EQUAL', 'LESS', 'GREATER_OR_EQUAL'),
      value: fc.oneof(fc.integer(), fc.string()),
    }),
  }),
);

describe('any record through any pipeline', () => {
  const record = fc.dictionary(fc.constantFrom('a', 'b', 'c'), value);

  test('is processed, dropped or failed, never thrown, and what it was stays as it was', () => {
    fc.assert(
      fc.property(record, fc.array(anyStage, { maxLength: 4 }), (data, stages) => {
        const before = structuredClone(data);
        const outcome = run(data, stages);
        expect(data).toEqual(before);
        if (outcome.kind === 'processed')
          expect(eventProcessed.schema.safeParse(outcome.event).success).toBe(true);
        if (outcome.kind === 'failed')
          expect(outcome.failure.reason).not.toMatch(/could not be processed/);
      }),
    );
  });

  test('comes to the same in one pipeline as in two, one after the other', () => {
    const stages = fc.array(anyStage, { maxLength: 2 });
    fc.assert(
      fc.property(record, stages, stages, (data, first, second) => {
        const whole = run(data, [...first, ...second]);
        const half = run(data, first);
        const parts = half.kind === 'processed' ? run({ ...half.event.data }, second) : half;
        expect(dataOf(whole)).toEqual(dataOf(parts));
      }),
    );
  });
});

describe('transform', () => {
  test('renames all at once, so that two fields can swap', () => {
    const swap = { kind: 'transform', rename: { a: 'b', b: 'a' } };
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(dataOf(run({ a, b }, [swap]))).toEqual({ a: b, b: a });
        expect(dataOf(run({ a, b }, [swap, swap]))).toEqual({ a, b });
      }),
    );
  });

  test('renames, then sets, then drops, at any depth', () => {
    const stage = {
      kind: 'transform',
      rename: { 'flight.from': 'origin' },
      set: { 'meta.unit': 'km' },
      drop: ['flight.crew'],
    };
    const data = { flight: { from: 'SEA', crew: ['Ann'] } };
    expect(dataOf(run(data, [stage]))).toEqual({ flight: {}, origin: 'SEA', meta: { unit: 'km' } });
  });

  test('fails where a name leads through a value that is no object', () => {
    expect(run({ a: 3 }, [{ kind: 'transform', set: { 'a.b': 1 } }])).toEqual({
      kind: 'failed',
      failure: {
        stage: 'TRANSFORM',
        field: 'data.a',
        reason: 'expected an object to write a.b into, got 3',
      },
    });
  });
});

describe('enrich', () => {
  const stage = {
    kind: 'enrich',
    table: 'airports',
    on: 'origin',
    add: { city: 'city', other: 'none' },
  };

  test('adds columns, and null for keys and columns that are not there', () => {
    expect(dataOf(run({ origin: 'SEA' }, [stage]))).toEqual({
      origin: 'SEA',
      city: 'Seattle',
      other: null,
    });
    for (const origin of ['XXX', 7, null, {}, ['SEA']]) {
      expect(dataOf(run({ origin }, [stage]))).toEqual({ origin, city: null, other: null });
    }
  });

  test('fails when the table is not there', () => {
    expect(run({}, [{ ...stage, table: 'missing' }])).toMatchObject({
      kind: 'failed',
      failure: {
        stage: 'ENRICH',
        field: null,
        reason: 'expected the look-up table "missing", got none',
      },
    });
  });
});

describe('route', () => {
  const drop = (operator: string, limit: unknown) => ({
    kind: 'route',
    drop: { field: 'a', operator, value: limit },
  });

  test('drops exactly what JavaScript’s comparison of two numbers says', () => {
    fc.assert(
      fc.property(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -3, max: 3 }), (a, limit) => {
        expect(run({ a }, [drop('LESS', limit)]).kind === 'dropped').toBe(a < limit);
        expect(run({ a }, [drop('LESS_OR_EQUAL', limit)]).kind === 'dropped').toBe(a <= limit);
        expect(run({ a }, [drop('GREATER', limit)]).kind === 'dropped').toBe(a > limit);
        expect(run({ a }, [drop('GREATER_OR_EQUAL', limit)]).kind === 'dropped').toBe(a >= limit);
        expect(run({ a }, [drop('EQUAL', limit)]).kind === 'dropped').toBe(a === limit);
        expect(run({ a }, [drop('NOT_EQUAL', limit)]).kind === 'dropped').toBe(a !== limit);
      }),
    );
  });

  test('keeps events without the field, and fails those where it is of another type', () => {
    expect(run({}, [drop('LESS', 1)]).kind).toBe('processed');
    expect(run({ a: null }, [drop('LESS', 1)]).kind).toBe('processed');
    expect(run({}, [drop('EQUAL', null)]).kind).toBe('dropped');
    expect(run({ a: '0' }, [drop('LESS', 1)])).toMatchObject({
      failure: { stage: 'ROUTE', field: 'data.a' },
    });
  });
});

test('a validator that throws parks the record with what happened', () => {
  const validate = () => {
    throw new RangeError('too deep');
  };
  expect(run({}, [], validate)).toMatchObject({
    kind: 'failed',
    failure: { stage: 'VALIDATE', reason: 'could not be processed: too deep' },
  });
});
