import { expect, test } from 'vitest';
import { createRecentEvents, type RecentEvents } from './recent-events.ts';

test('the last 50,000 records are known and never more than 100,000, however many come at once', () => {
  const recent = createRecentEvents();
  const isKnown = (number: number) => recent.has({ id: String(number), checksum: number });
  const numbers = Array.from({ length: 250_000 }, (_, number) => number);
  recent.remember(new Map(numbers.map((number) => [String(number), number])));
  expect(numbers.filter(isKnown).length).toBeLessThanOrEqual(100_000);
  expect(numbers.slice(-50_000).every(isKnown)).toBe(true);
});

test('how checksums of two sources differ cannot be computed: it is another in each process', () => {
  const differenceIn = ({ seedOf }: RecentEvents) => seedOf('source-a') ^ seedOf('source-b');
  const differences = Array.from({ length: 8 }, () => differenceIn(createRecentEvents()));
  expect(new Set(differences).size).toBeGreaterThan(1);
});
