import { expect, test } from 'vitest';
import { errorsByStage, readStages, stageText, toTexts } from './stage-texts.ts';

test('stages are edited as indented JSON and read back as they were', () => {
  const stages = [
    { drop: ['a'], kind: 'transform' },
    { kind: 'derive', fields: { b: '1 + 1' } },
  ];
  const texts = toTexts(stages);
  expect(texts[0]?.text).toMatch(/^\{\n {2}"kind": "transform",/);
  expect(readStages(texts)).toEqual({ ok: true, stages });
  expect(new Set(texts.map(({ key }) => key)).size).toBe(2);
  expect(toTexts(null)).toEqual([]);
});

test('a stage that is no JSON is told by its place', () => {
  const read = readStages([stageText({ kind: 'transform' }), stageText('{"kind":')]);
  expect(read.ok ? [] : [...read.errors.keys()]).toEqual([1]);
});

test('what the server says is sorted to the stages, with the path within', () => {
  const errors = errorsByStage([
    { message: 'must be text', field: ['input', 'stages', '1', 'fields', 'a'] },
    { message: 'must be a path', field: ['input', 'stages', '1'] },
    { message: 'There is no such source.', field: ['input', 'sourceId'] },
    { message: 'Odd.', field: null },
  ]);
  expect([...errors]).toEqual([
    [1, 'fields.a: must be text must be a path'],
    [-1, 'There is no such source. Odd.'],
  ]);
});
