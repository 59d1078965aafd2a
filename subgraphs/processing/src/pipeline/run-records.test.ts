import { expect, test } from 'vitest';
import { receivedEvent } from '../../test/received-event.ts';
import { compileStages } from './compile-stages.ts';
import { createHttpLookups } from './http-lookups.ts';
import { createRecordRunner } from './run-records.ts';
import type { Stage } from './stage.ts';
import { stagesSchema } from './stage-definition.ts';

const http = createHttpLookups({ hosts: [] });
const record = receivedEvent({});
/** Longer than a record may take. */
const slow: Stage = (data) => {
  const end = performance.now() + 200;
  while (performance.now() < end);
  return { kind: 'passed', data };
};
const quick: Stage = (data) => ({ kind: 'passed', data });

async function run(stages: readonly Stage[]) {
  const runRecords = createRecordRunner({ http });
  const [outcome] = await runRecords([{ record, pipeline: { validate: undefined, stages } }]);
  return outcome;
}

const ended = { kind: 'failed', failure: { reason: 'took longer than 100 ms and was ended' } };

test('a record is ended that takes too long in stages with an expression, or in many stages', async () => {
  expect(await run([quick, Object.assign(slow.bind(null), { hasExpression: true })])).toMatchObject(
    ended,
  );
  expect(await run([quick, quick, quick, slow])).toMatchObject(ended);
});

test.each([
  [{ kind: 'derive', fields: { a: '1' } }, true],
  [{ kind: 'check', rules: [{ name: 'one', condition: 'true' }] }, true],
  [{ kind: 'route', when: 'true', to: 'NOWHERE' }, true],
  [{ kind: 'route', drop: { field: 'a', operator: 'EQUAL', value: 1 } }, false],
  [{ kind: 'transform', drop: ['a'] }, false],
])('%o has an expression: %s', (definition, hasExpression) => {
  const [stage] = compileStages(stagesSchema.parse([definition]), {
    tables: new Map(),
    http,
    maskKey: 'key',
  });
  expect(stage?.hasExpression).toBe(hasExpression);
});
