import type { Logger } from '@tributary/chassis';
import { createOutboxRelay, type OutboxRelay, type OutboxRelayOptions } from '@tributary/outbox';
import type { Pool } from 'pg';
import type { ServiceMetrics } from '../metrics.ts';

/** A widget is told of changes four times a second at most: faster is no use to eyes. */
const restMilliseconds = 250;

export interface UpdatesOptions {
  pool: Pool;
  logger: Logger;
  metrics: ServiceMetrics;
  deliver: OutboxRelayOptions['deliver'];
}

/** Relays what the rollups wrote to the outbox. `wake` at every commit: it is heeded after a rest. */
export function startUpdates({ pool, logger, metrics, deliver }: UpdatesOptions): OutboxRelay {
  const relay = createOutboxRelay({
    pool,
    deliver,
    batchSize: 5_000,
    onError: (error) => {
      metrics.failures.inc({ at: 'updates' });
      logger.error({ err: error }, 'updates have to be told again');
    },
  });
  let lastWake = 0;
  let timer: NodeJS.Timeout | undefined;

  function wakeNow(): void {
    timer = undefined;
    lastWake = Date.now();
    relay.wake();
  }

  return {
    wake() {
      timer ??= setTimeout(wakeNow, Math.max(0, lastWake + restMilliseconds - Date.now()));
    },
    async stop() {
      clearTimeout(timer);
      await relay.stop();
    },
  };
}
