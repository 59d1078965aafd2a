/**
 * Consumers of the log whose effect and position move in one transaction: a crash repeats nothing
 * and skips nothing. A record that does not fit its schema is counted, logged and passed over.
 */
import { type Logger, transaction } from '@tributary/chassis';
import {
  advancePositions,
  type Consumer,
  createPositionStore,
  type EventLog,
  PositionConflict,
} from '@tributary/event-log';
import type { EventDefinition } from '@tributary/events';
import type { Pool, PoolClient } from 'pg';
import type { z } from 'zod';
import type { Counters } from './counters.ts';

export interface LogConsumerOptions<Schema extends z.ZodType, Effect> {
  event: EventDefinition<Schema>;
  group: string;
  /** Writes the records' effect in the transaction that stores the position. */
  take: (client: PoolClient, records: z.infer<Schema>[]) => Promise<Effect>;
  /** Told what `take` answered, once it is committed. */
  onCommitted?: (effect: Effect) => void;
}

export type StartLogConsumer = <Schema extends z.ZodType, Effect>(
  options: LogConsumerOptions<Schema, Effect>,
) => Consumer;

export function createLogConsumers(dependencies: {
  log: EventLog;
  pool: Pool;
  logger: Logger;
  counters: Counters;
}): StartLogConsumer {
  const { log, pool, logger, counters } = dependencies;
  const positions = createPositionStore({ pool });

  return ({ event, group, take, onCommitted }) =>
    log.consume({
      event,
      group,
      positions,
      async handle({ records, advances }) {
        const effect = await transaction(pool, async (client) => {
          await advancePositions(client, { topic: event.topic, group }, advances);
          return take(client, records);
        });
        onCommitted?.(effect);
      },
      onInvalid(_, error) {
        counters.invalidRecords.inc({ topic: event.topic });
        logger.error({ err: error, topic: event.topic }, 'passed over an invalid record');
      },
      onError(error) {
        if (error instanceof PositionConflict) logger.info(error.message);
        else
          logger.warn({ err: error, topic: event.topic }, 'could not take records; trying again');
      },
    });
}
