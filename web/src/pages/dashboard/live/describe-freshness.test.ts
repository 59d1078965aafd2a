import { expect, test } from 'vitest';
import { describeFreshness } from './describe-freshness.ts';

const now = new Date(2026, 10, 21, 14, 3, 59).getTime();
const live = { now, connection: 'live' } as const;

test('what was just accepted is live, with its lag', () => {
  expect(describeFreshness(acceptedAgo(900, 412), live)).toEqual({
    tone: 'live',
    text: 'live · 0.4 s',
  });
  expect(describeFreshness(acceptedAgo(900, 12), live).text).toBe('live · < 0.1 s');
});

test('after a few seconds without events the age is counted', () => {
  expect(describeFreshness(acceptedAgo(12_300), live)).toEqual({
    tone: 'recent',
    text: 'updated 12 s ago',
  });
});

test('a minute without events is a stall since the last one, whatever the server said then', () => {
  expect(describeFreshness(acceptedAgo(59_999), live).tone).toBe('recent');
  expect(describeFreshness(acceptedAgo(60_000), live)).toEqual({
    tone: 'stalled',
    text: 'stalled since 14:02',
  });
});

test('nothing is called live or stalled while the connection is lost', () => {
  const lost = { now, connection: 'stalled' } as const;
  expect(describeFreshness(acceptedAgo(900), lost)).toEqual({
    tone: 'unknown',
    text: 'as of 14:03:58',
  });
  expect(describeFreshness(acceptedAgo(90_000), lost).tone).toBe('unknown');
});

test('nothing is called live before the connection is there', () => {
  expect(describeFreshness(acceptedAgo(900), { now, connection: 'connecting' }).tone).toBe(
    'recent',
  );
});

test('a figure without events says so', () => {
  const freshness = { ...acceptedAgo(0), acceptedAt: null, lagMilliseconds: null };
  expect(describeFreshness(freshness, live)).toEqual({ tone: 'empty', text: 'no events yet' });
});

function acceptedAgo(milliseconds: number, lagMilliseconds = 400) {
  const acceptedAt = new Date(now - milliseconds).toISOString();
  return { acceptedAt, computedAt: acceptedAt, lagMilliseconds };
}
