import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import type { MetricStore } from '../stores/metric-store.ts';
import type { MetricBuilder } from './build-metric.ts';

export interface StartBuildsOptions {
  metrics: MetricStore;
  buildMetric: MetricBuilder;
  logger: Logger;
}

/** Goes on, a part of each metric in turn, with what requests left uncounted or another process left behind. */
export function startBuilds({ metrics, buildMetric, logger }: StartBuildsOptions): Loop {
  return startLoop({
    pauseMilliseconds: 1_000,
    async run() {
      const unbuilt = await metrics.unbuilt();
      for (const metric of unbuilt) await buildMetric(metric, { milliseconds: 0 });
      return unbuilt.length > 0;
    },
    onError: (error) => logger.error({ err: error }, 'stored events have to be counted later'),
  });
}
