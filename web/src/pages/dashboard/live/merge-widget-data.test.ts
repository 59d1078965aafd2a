import { expect, test } from 'vitest';
import type { WidgetDataFragment } from '../../../generated/graphql.ts';
import { mergeWidgetData } from './merge-widget-data.ts';

const hour = { windowMinutes: 60, step: 'MINUTE' } as const;

test('a point replaces the one of the same time, and a new one takes its place in time', () => {
  const data = dataAt('09:30:00', { points: [pointAt('09:28', 5), pointAt('09:29', 7)] });
  const update = dataAt('09:30:20', { points: [pointAt('09:30', 1), pointAt('09:29', 8)] });
  expect(mergeWidgetData(data, update, hour).points).toEqual([
    pointAt('09:28', 5),
    pointAt('09:29', 8),
    pointAt('09:30', 1),
  ]);
});

test('the same time written in another way is still the same point', () => {
  const data = dataAt('09:30:00', { points: [pointAt('09:29', 7)] });
  const same = { ...pointAt('09:29', 9), at: '2026-11-21T10:29:00.000+01:00' };
  const { points } = mergeWidgetData(data, dataAt('09:30:01', { points: [same] }), hour);
  expect(points).toEqual([same]);
});

test('points that the window has passed fall out', () => {
  const data = dataAt('09:30:00', { points: [pointAt('08:29', 1), pointAt('08:31', 2)] });
  const update = dataAt('09:31:30', { points: [pointAt('09:31', 3)] });
  expect(mergeWidgetData(data, update, hour).points).toEqual([
    pointAt('08:31', 2),
    pointAt('09:31', 3),
  ]);
});

test('a window of hours keeps the hour in which it begins', () => {
  const data = dataAt('09:30:00', { points: [pointAt('07:00', 1), pointAt('08:00', 2)] });
  const { points } = mergeWidgetData(data, dataAt('09:31:00', {}), {
    windowMinutes: 60,
    step: 'HOUR',
  });
  expect(points).toEqual([pointAt('08:00', 2)]);
});

test('groups, value and freshness replace the earlier ones, also by nothing', () => {
  const data = dataAt('09:30:00', { groups: [{ key: 'ORD', value: 4, count: 2 }], value: 4 });
  const merged = mergeWidgetData(data, dataAt('09:30:05', { groups: [], value: null }), hour);
  expect(merged).toMatchObject({ groups: [], value: null });
  expect(merged.freshness.computedAt).toBe('2026-11-21T09:30:05Z');
});

test('an update that arrives late changes nothing', () => {
  const data = dataAt('09:30:10', { value: 8 });
  expect(mergeWidgetData(data, dataAt('09:30:09', { value: 7 }), hour)).toBe(data);
});

function pointAt(time: string, value: number) {
  return { at: `2026-11-21T${time}:00Z`, value, count: 1 };
}

function dataAt(time: string, overrides: Partial<WidgetDataFragment>): WidgetDataFragment {
  const computedAt = `2026-11-21T${time}Z`;
  const freshness = { acceptedAt: computedAt, computedAt, lagMilliseconds: 300, state: 'LIVE' };
  return {
    points: [],
    groups: [],
    value: null,
    freshness: { ...freshness, state: 'LIVE' },
    ...overrides,
  };
}
