import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from '@tributary/chassis';
import {
  type Consumer,
  type EventLog,
  PositionConflict,
  type PositionStore,
} from '@tributary/event-log';
import { eventProcessed } from '@tributary/events';
import type { ServiceMetrics } from '../metrics.ts';
import { type createBatchStore, rollupGroup } from './store-batch.ts';

/**
 * After a small batch the next one gathers for a moment. At 5,000 events/s this halves the
 * CPU time of service and database: a transaction costs as much as a hundred events.
 */
const gatherMilliseconds = 25;
const largeBatch = 1_000;

export interface RollupsOptions {
  log: EventLog;
  positions: PositionStore;
  logger: Logger;
  metrics: ServiceMetrics;
  storeBatch: ReturnType<typeof createBatchStore>;
}

/** Stores and rolls up events.processed until stopped. */
export function startRollups({
  log,
  positions,
  logger,
  metrics,
  storeBatch,
}: RollupsOptions): Consumer {
  return log.consume({
    event: eventProcessed,
    group: rollupGroup,
    positions,
    async handle(batch) {
      await storeBatch(batch);
      if (batch.records.length < largeBatch) await pause(gatherMilliseconds);
    },
    onInvalid: (_record, error) => {
      metrics.invalid.inc();
      logger.error({ issues: error.issues.slice(0, 3) }, 'passed over a record that is no event');
    },
    onError: (error) => {
      // With several processes this is how they find out who was first.
      if (error instanceof PositionConflict) logger.info({ reason: error.message }, 'gave way');
      else {
        metrics.failures.inc({ at: 'rollups' });
        logger.error({ err: error }, 'rollups have to try again');
      }
    },
  });
}
