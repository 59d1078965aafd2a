import { BulkheadRejectedError, bulkhead } from 'cockatiel';
import { SubgraphFailure } from './subgraph-failure.ts';

export interface Bulkhead {
  run<Answer>(fetch: () => Promise<Answer>, signal: AbortSignal): Promise<Answer>;
  /** How many wait. */
  readonly waiting: number;
}

/** At most `concurrency` fetches at once and `queue` waiting, so that one slow subgraph holds no more than that. */
export function createBulkhead({
  concurrency,
  queue,
}: {
  concurrency: number;
  queue: number;
}): Bulkhead {
  const policy = bulkhead(concurrency, queue);
  return {
    run: (fetch, signal) =>
      policy.execute(fetch, signal).catch((error: unknown) => {
        if (!(error instanceof BulkheadRejectedError)) throw error;
        throw new SubgraphFailure('queue_full', `${concurrency} run and ${queue} wait`);
      }),
    get waiting() {
      return queue - policy.queueSlots;
    },
  };
}
