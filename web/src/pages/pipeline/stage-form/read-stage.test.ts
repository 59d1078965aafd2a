import { expect, test } from 'vitest';
import { stageTemplates } from '../stage-templates.ts';
import { constantText, toConstant } from './constants.ts';
import { readStage, writeStage } from './read-stage.ts';

test.each(stageTemplates)(
  'a stage to begin with has a form that keeps all of it: $label',
  ({ stage }) => {
    const read = readStage(JSON.stringify(stage));
    expect(read).toEqual(stage);
    expect(read && JSON.parse(writeStage(read))).toEqual(stage);
  },
);

test.each([
  ['no JSON', '{"kind":'],
  ['no stage', '[]'],
  ['a kind there is not', '{"kind":"explode"}'],
  ['a field there is not', '{"kind":"derive","fields":{},"more":1}'],
  ['a name that is no text', '{"kind":"transform","rename":{"a":1}}'],
  ['a way to mask there is not', '{"kind":"mask","fields":{"a":"BLUR"}}'],
  ['a rule with something more', '{"kind":"check","rules":[{"name":"a","severity":1}]}'],
  ['a route of two forms', '{"kind":"route","when":"true","to":"NOWHERE","type":"a"}'],
  ['a condition on a list', '{"kind":"route","drop":{"field":"a","operator":"EQUAL","value":[]}}'],
])('what a form would lose is left to JSON: %s', (_, text) => {
  expect(readStage(text)).toBeUndefined();
});

test.each([['text'], ['12'], [12], [true], [null], [''], [['a']], [{ a: 1 }], ['"'], ['{']])(
  'a constant is typed and read back as it was: %j',
  (value) => {
    expect(toConstant(constantText(value))).toEqual(value);
  },
);
