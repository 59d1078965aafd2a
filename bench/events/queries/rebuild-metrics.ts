import type { Ask } from '@tributary/scripts/demo/graphql-client';
import { z } from 'zod';

const metricsSchema = z.object({
  workspace: z.object({
    metrics: z.object({ edges: z.array(z.object({ node: z.object({ id: z.string() }) })) }),
  }),
});

/** Counts the stored events of every metric again. */
export async function rebuildMetrics(ask: Ask): Promise<void> {
  const { workspace } = await ask(
    '{ workspace { metrics(first: 100) { edges { node { id } } } } }',
    metricsSchema,
  );
  for (const { node } of workspace.metrics.edges) {
    await ask(
      'mutation ($input: RebuildMetricInput!) { rebuildMetric(input: $input) { userErrors { message } } }',
      z.unknown(),
      { input: { id: node.id } },
    );
  }
}
