import type { Ask } from '@tributary/scripts/demo/graphql-client';
import { z } from 'zod';

export interface Latencies {
  p50: number;
  p95: number;
  p99: number;
}

const minute = 60_000;
const day = 86_400_000;
/** Of each query; all of them together stay below what a person may ask in a minute. */
const warmUps = 20;
const queries = 120;

/** What the dashboard's page asks for. */
const dashboardQuery = `query ($id: ID!) { dashboard(id: $id) { name widgets {
  id title kind metric { id name unit aggregation }
  data { points { at value count } groups { key value count } value freshness { state } }
} } }`;

const rangeQuery = `query ($id: ID!, $from: DateTime!, $to: DateTime!) { metric(id: $id) {
  range(from: $from, to: $to) { value points(step: DAY) { at value count } top { key value count } previous { value } }
} }`;

/** Asked one after the other through the gateway; in milliseconds from sending to the last byte. */
export async function measureQueries(ask: Ask, dashboardId: string) {
  const { dashboard } = await ask(
    'query ($id: ID!) { dashboard(id: $id) { widgets { title metric { id name } } } }',
    z.object({
      dashboard: z.object({
        widgets: z.array(z.object({ metric: z.object({ id: z.string(), name: z.string() }) })),
      }),
    }),
    { id: dashboardId },
  );
  const results: { name: string; latencies: Latencies }[] = [];
  const measure = async (name: string, query: string, variables: () => object) =>
    results.push({
      name,
      latencies: await latenciesOf(() => ask(query, z.unknown(), variables())),
    });
  await measure('the demo’s dashboard', dashboardQuery, () => ({ id: dashboardId }));
  for (const { metric } of dashboard.widgets) {
    await measure(`${metric.name}, 1 to 90 days`, rangeQuery, () => ({
      id: metric.id,
      ...randomRange(),
    }));
  }
  return results;
}

/** Whole minutes within the last half year, the earlier range to compare with included. */
function randomRange(): { from: string; to: string } {
  const length = Math.ceil(1 + Math.random() * 89) * day;
  const to = Math.floor((Date.now() - Math.random() * (180 * day - 2 * length)) / minute) * minute;
  return { from: new Date(to - length).toISOString(), to: new Date(to).toISOString() };
}

async function latenciesOf(ask: () => Promise<unknown>): Promise<Latencies> {
  const taken: number[] = [];
  for (let count = -warmUps; count < queries; count += 1) {
    const before = performance.now();
    await ask();
    if (count >= 0) taken.push(performance.now() - before);
  }
  taken.sort((a, b) => a - b);
  const at = (share: number) => taken[Math.ceil(share * taken.length) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
