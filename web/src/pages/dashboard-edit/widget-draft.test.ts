import { expect, test } from 'vitest';
import { toWidgetInput, type WidgetDraft } from './widget-draft.ts';

const draft: WidgetDraft = {
  title: '',
  kind: 'BAR',
  metricId: 'm',
  windowMinutes: 60,
  step: 'MINUTE',
  limit: '5',
  minimumCount: '30',
  by: ['origin', 'gone'],
  where: [
    { dimension: 'origin', in: ['JFK'] },
    { dimension: 'gone', in: ['x'] },
  ],
};
const metric = { name: 'Delay', dimensions: ['origin'] };

test('a widget without a title is called as its metric, and dimensions of another metric are dropped', () => {
  expect(toWidgetInput(draft, metric)).toEqual({
    title: 'Delay',
    kind: 'BAR',
    metricId: 'm',
    windowMinutes: 60,
    step: 'MINUTE',
    limit: 5,
    minimumCount: 30,
    by: ['origin'],
    where: [{ dimension: 'origin', in: ['JFK'] }],
  });
});

test('a figure sends nothing that only lists of groups take', () => {
  const sent = toWidgetInput({ ...draft, kind: 'NUMBER', title: 'Now' }, metric);
  expect(Object.keys(sent)).not.toContain('limit');
  expect(Object.keys(sent)).not.toContain('by');
  expect(sent.title).toBe('Now');
});
