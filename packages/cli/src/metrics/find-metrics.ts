import { z } from 'zod';
import type { Ask } from '../api.ts';
import { CommandError } from '../command-error.ts';

const metricSchema = z.object({
  id: z.string(),
  name: z.string(),
  countingBefore: z.string().nullable(),
});
export type Metric = z.infer<typeof metricSchema>;

const pageSchema = z.object({
  workspace: z.object({
    metrics: z.object({
      edges: z.array(z.object({ node: metricSchema })),
      pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
    }),
  }),
});

/** All of the workspace's, newest first. */
export async function readMetrics(ask: Ask, after: string | null = null): Promise<Metric[]> {
  const { workspace } = await ask(
    pageSchema,
    `query Metrics($after: String) { workspace { metrics(first: 100, after: $after) {
       edges { node { id name countingBefore } } pageInfo { hasNextPage endCursor }
     } } }`,
    { after },
  );
  const { edges, pageInfo } = workspace.metrics;
  const metrics = edges.map(({ node }) => node);
  return pageInfo.hasNextPage
    ? [...metrics, ...(await readMetrics(ask, pageInfo.endCursor))]
    : metrics;
}

/** @throws CommandError when none, or several, go by one of these names. */
export async function findMetrics(ask: Ask, namesOrIds: readonly string[]): Promise<Metric[]> {
  const metrics = await readMetrics(ask);
  return namesOrIds.map((wanted) => {
    const found = metrics.filter(
      ({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase(),
    );
    const [metric, ...others] = found;
    if (metric && others.length === 0) return metric;
    const names = (metric ? found : metrics).map(({ id, name }) => `  ${name}  ${id}`);
    const problem = metric ? 'Several metrics are called' : 'There is no metric called';
    throw new CommandError([`${problem} ${wanted}.`, ...names].join('\n'));
  });
}
