import type { Logger } from '@tributary/chassis';
import type { EventLog } from '@tributary/event-log';
import type { EventReceived } from '@tributary/events';
import { eventReceived } from '@tributary/events';
import { createOutboxRelay, type OutboxMessage, type OutboxRelay } from '@tributary/outbox';
import type { Pool } from 'pg';

/** The outbox message that sends an event through the pipeline again. */
export function replayMessage(event: EventReceived): OutboxMessage {
  return { name: eventReceived.topic, key: eventReceived.key(event), payload: event };
}

export interface ReplayRelayOptions {
  pool: Pool;
  log: EventLog;
  logger: Logger;
}

/** Brings replays from the outbox to events.received, at least once. */
export function startReplayRelay({ pool, log, logger }: ReplayRelayOptions): OutboxRelay {
  return createOutboxRelay({
    pool,
    deliver: (messages) =>
      log.append(
        eventReceived,
        messages.map(({ payload }) => eventReceived.schema.parse(payload)),
      ),
    onError: (error) => logger.error({ err: error }, 'replays cannot leave the outbox now'),
  });
}
