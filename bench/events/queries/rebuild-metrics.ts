import { setTimeout as pause } from 'node:timers/promises';
import type { Ask } from '@tributary/scripts/demo/graphql-client';
import { z } from 'zod';

const metricSchema = z.object({ id: z.string(), countingBefore: z.string().nullable() });
const metricsSchema = z.object({
  workspace: z.object({
    metrics: z.object({ edges: z.array(z.object({ node: metricSchema })) }),
  }),
});

/** Counts the stored events of every metric again, and waits until that is done. */
export async function rebuildMetrics(ask: Ask): Promise<void> {
  for (const { id } of await readMetrics(ask)) {
    await ask(
      'mutation ($input: RebuildMetricInput!) { rebuildMetric(input: $input) { userErrors { message } } }',
      z.unknown(),
      { input: { id } },
    );
  }
  while ((await readMetrics(ask)).some(({ countingBefore }) => countingBefore !== null)) {
    await pause(500);
  }
}

async function readMetrics(ask: Ask): Promise<z.infer<typeof metricSchema>[]> {
  const { workspace } = await ask(
    '{ workspace { metrics(first: 100) { edges { node { id countingBefore } } } } }',
    metricsSchema,
  );
  return workspace.metrics.edges.map(({ node }) => node);
}
