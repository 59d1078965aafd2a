/**
 * Appends committed announcements to the event log, at least once: a crash between the append and
 * the deletion from the outbox appends again, with the same event id.
 */
import type { Logger } from '@tributary/chassis';
import type { EventLog } from '@tributary/event-log';
import { mailRequested, memberChanged } from '@tributary/events';
import { createOutboxRelay, type OutboxMessage, type OutboxRelay } from '@tributary/outbox';
import type { Pool } from 'pg';

export interface AnnouncementRelayOptions {
  pool: Pool;
  eventLog: EventLog;
  logger: Logger;
}

export function createAnnouncementRelay(options: AnnouncementRelayOptions): OutboxRelay {
  const { pool, eventLog, logger } = options;

  async function deliver(messages: OutboxMessage[]): Promise<void> {
    const byTopic = Map.groupBy(messages, ({ name }) => name);
    for (const [topic, waiting] of byTopic) {
      const payloads = waiting.map(({ payload }) => payload);
      await append(topic, payloads);
    }
  }

  /**
   * A message of another name was written by a newer version of this service, whose own relay knows
   * what to do with it: failing keeps it in the outbox.
   */
  async function append(topic: string, payloads: unknown[]): Promise<void> {
    switch (topic) {
      case memberChanged.topic:
        await eventLog.append(
          memberChanged,
          payloads.map((payload) => memberChanged.schema.parse(payload)),
        );
        return;
      case mailRequested.topic:
        await eventLog.append(
          mailRequested,
          payloads.map((payload) => mailRequested.schema.parse(payload)),
        );
        return;
      default:
        throw new Error(`no topic for outbox messages named ${topic}`);
    }
  }

  return createOutboxRelay({
    pool,
    deliver,
    onError: (error) => logger.warn({ err: error }, 'announcements wait in the outbox'),
  });
}
