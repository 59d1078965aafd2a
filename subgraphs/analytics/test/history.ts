import { randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import { expect, vi } from 'vitest';
import { type AnalyticsService, patience } from './analytics-service.ts';
import { createMetric } from './documents.ts';
import { processedEvent } from './processed-event.ts';

const minute = 60_000;

interface Flight {
  minutesAgo: number;
  delay: number;
  origin?: string;
}

/** A person whose source had these flights, all stored. */
export async function createHistory(
  service: AnalyticsService,
  flights: readonly Flight[],
  now = Date.now(),
) {
  const alice = person();
  const sourceId = randomUUID();
  const events = flights.map(({ minutesAgo, delay, origin = 'JFK' }) =>
    processedEvent({
      workspace: alice.workspace,
      sourceid: sourceId,
      time: new Date(now - minutesAgo * minute).toISOString(),
      data: { delay, origin },
    }),
  );
  await service.send(...events);
  await vi.waitFor(async () => {
    const { rows } = await service.database.pool.query(
      'SELECT count(*)::int AS count FROM event WHERE source_id = $1',
      [sourceId],
    );
    expect(rows).toEqual([{ count: flights.length }]);
  }, patience);
  const metric = (overrides: object) =>
    createMetric(service.subgraph, alice, { sourceId, field: 'delay', ...overrides });
  return { alice, sourceId, metric };
}

export async function readMetric(
  { subgraph }: Pick<AnalyticsService, 'subgraph'>,
  principal: UserPrincipal,
  id: string,
  fields: string,
) {
  const { data, errors } = await subgraph.query(
    principal,
    `query ($id: ID!) { metric(id: $id) { ${fields} } }`,
    { id },
  );
  expect(errors).toBeUndefined();
  return data.metric;
}
