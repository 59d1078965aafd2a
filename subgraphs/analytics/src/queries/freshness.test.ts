import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { freshnessOf } from './freshness.ts';

const now = Date.UTC(2026, 10, 21, 12, 0, 0);

function activity({ acceptedAgo, storedAgo }: { acceptedAgo: number; storedAgo: number }) {
  return {
    sourceId: randomUUID(),
    lastAcceptedAt: new Date(now - acceptedAgo),
    lastStoredAt: new Date(now - storedAgo),
    eventsLastMinute: 1,
  };
}

test('a source without events is empty', () => {
  expect(freshnessOf(null, now)).toEqual({
    acceptedAt: null,
    computedAt: new Date(now),
    lagMilliseconds: null,
    state: 'EMPTY',
  });
});

test('a source is live for a minute after its newest event, and stalled from then on', () => {
  expect(freshnessOf(activity({ acceptedAgo: 60_000, storedAgo: 59_700 }), now)).toMatchObject({
    lagMilliseconds: 300,
    state: 'LIVE',
  });
  expect(freshnessOf(activity({ acceptedAgo: 60_001, storedAgo: 59_700 }), now).state).toBe(
    'STALLED',
  );
});

test('clocks that disagree never show a lag below zero', () => {
  expect(freshnessOf(activity({ acceptedAgo: 10, storedAgo: 40 }), now).lagMilliseconds).toBe(0);
});
