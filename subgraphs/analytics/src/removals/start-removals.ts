import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import type { RemovedMetricStore } from '../stores/removed-metric-store.ts';

/** A part takes well under a second. */
const rowsAtATime = 20_000;

export interface StartRemovalsOptions {
  removedMetrics: RemovedMetricStore;
  logger: Logger;
}

/** Takes away the figures of metrics that were deleted, by this process or another. */
export function startRemovals({ removedMetrics, logger }: StartRemovalsOptions): Loop {
  return startLoop({
    pauseMilliseconds: 5_000,
    run: () => removedMetrics.removeSome(rowsAtATime),
    onError: (error) =>
      logger.error({ err: error }, 'figures of a deleted metric have to be removed later'),
  });
}
