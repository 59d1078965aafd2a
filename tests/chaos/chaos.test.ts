import { expect, test } from 'vitest';
import { victimsWith } from './platform.ts';
import { runChaos } from './run-chaos.ts';

test('kill -9 of ingest and pipeline, analytics, Redis and PostgreSQL in turn loses nothing acknowledged and counts nothing twice', {
  timeout: 240_000,
}, async () => {
  const report = await runChaos({
    log: 'redis',
    victims: victimsWith('redis'),
    eventsBetween: 500,
  });
  expect(report.imbalances).toEqual([]);
  expect(report.books.stored.length).toBeGreaterThan(2_000);
  expect(report.books.deadInPipeline.length).toBeGreaterThan(0);
  expect(report.books.refusedAtDoor.length).toBeGreaterThan(0);
});
