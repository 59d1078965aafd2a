import { z } from 'zod';
import type { Ask } from '../api.ts';
import { CommandError } from '../command-error.ts';
import type { Metric } from './find-metrics.ts';

const counting = z.object({
  countingBefore: z.string().nullable(),
  countedShare: z.number().nullable(),
});
type Counting = z.infer<typeof counting>;
const startedSchema = z.object({
  rebuildMetric: z.object({
    metric: counting.nullable(),
    userErrors: z.array(z.object({ message: z.string() })),
  }),
});
const stateSchema = z.object({ metric: counting.nullable() });

/** Has a metric's stored events counted again; tells how far that is, a line each time, until it is done. */
export async function* rebuildMetric(
  ask: Ask,
  { id, name }: Metric,
  wait: () => Promise<unknown>,
): AsyncGenerator<string> {
  const { rebuildMetric } = await ask(
    startedSchema,
    `mutation Rebuild($id: ID!) { rebuildMetric(input: { id: $id }) {
       metric { countingBefore countedShare } userErrors { message }
     } }`,
    { id },
  );
  const { metric, userErrors } = rebuildMetric;
  if (!metric) throw new CommandError(userErrors.map(({ message }) => message).join('\n'));
  let state = metric;
  while (state.countingBefore !== null) {
    const percent = Math.floor((state.countedShare ?? 0) * 100);
    yield `${name}: counted back to ${state.countingBefore.slice(0, 10)}, ${percent}% of the time …`;
    state = await readNext(ask, id, state.countingBefore, wait);
  }
  yield `${name}: all stored events are counted.`;
}

/** Where counting is once it has come further. */
async function readNext(
  ask: Ask,
  id: string,
  last: string,
  wait: () => Promise<unknown>,
): Promise<Counting> {
  for (;;) {
    await wait();
    const { metric } = await ask(
      stateSchema,
      'query Counting($id: ID!) { metric(id: $id) { countingBefore countedShare } }',
      { id },
    );
    if (!metric) throw new CommandError('The metric is gone.');
    if (metric.countingBefore !== last) return metric;
  }
}
