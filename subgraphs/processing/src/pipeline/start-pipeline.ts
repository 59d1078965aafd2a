import type { Logger } from '@tributary/chassis';
import {
  type Consumer,
  type EventLog,
  PositionConflict,
  type PositionStore,
} from '@tributary/event-log';
import { eventReceived } from '@tributary/events';
import type { Metrics } from '../metrics.ts';
import type { createBatchProcessor } from './process-batch.ts';

export const pipelineGroup = 'processing.pipeline';

export interface PipelineOptions {
  log: EventLog;
  positions: PositionStore;
  logger: Logger;
  metrics: Metrics;
  processBatch: ReturnType<typeof createBatchProcessor>;
}

/** Takes events.received through the pipeline until stopped. */
export function startPipeline(options: PipelineOptions): Consumer {
  const { log, positions, logger, metrics, processBatch } = options;
  return log.consume({
    event: eventReceived,
    group: pipelineGroup,
    positions,
    handle: processBatch,
    onInvalid: (_record, error) => {
      metrics.invalid.inc();
      logger.error({ issues: error.issues.slice(0, 3) }, 'passed over a record that is no event');
    },
    onError: (error) => {
      // With several processes this is how they find out who was first.
      if (error instanceof PositionConflict) logger.info({ reason: error.message }, 'gave way');
      else logger.error({ err: error }, 'the pipeline has to try again');
    },
  });
}
