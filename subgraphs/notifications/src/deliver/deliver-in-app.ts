/**
 * Publishes committed notifications and notes their in-app delivery in the transaction that takes
 * them off the outbox. A crash between the two publishes again, which the channel takes once.
 * The inbox itself needs no delivery.
 */
import type { Logger } from '@tributary/chassis';
import { createOutboxRelay, type OutboxMessage, type OutboxRelay } from '@tributary/outbox';
import type { Publisher } from '@tributary/pubsub';
import type { Pool } from 'pg';
import type { z } from 'zod';
import type { Counters } from '../counters.ts';
import { markInAppDelivered } from '../stores/delivery-queue-store.ts';
import { inAppPayload } from './in-app-message.ts';

export interface DeliverInAppOptions {
  pool: Pool;
  publisher: Publisher;
  logger: Logger;
  counters: Counters;
}

export function startDeliveringInApp(options: DeliverInAppOptions): OutboxRelay {
  const { pool, publisher, logger, counters } = options;

  /** A message that does not fit would fail for ever and hold up all others: it is passed over. */
  function read({ name, payload }: OutboxMessage): z.infer<typeof inAppPayload>[] {
    const parsed = inAppPayload.safeParse(payload);
    if (parsed.success) return [parsed.data];
    counters.deliveries.inc({ channel: 'IN_APP', outcome: 'dead' });
    logger.error({ err: parsed.error, name }, 'passed over an invalid outbox message');
    return [];
  }

  return createOutboxRelay({
    pool,
    async deliver(messages, client) {
      const deliveries = messages.flatMap(read);
      await Promise.all(
        deliveries.map(({ workspace, subject, message }) =>
          publisher.publish('notificationReceived', { workspace, subject }, message, {
            id: message.id,
          }),
        ),
      );
      const ids = deliveries.map(({ message }) => message.id);
      await markInAppDelivered(client, ids, new Date());
      counters.deliveries.inc({ channel: 'IN_APP', outcome: 'delivered' }, deliveries.length);
    },
    onError(error) {
      counters.deliveries.inc({ channel: 'IN_APP', outcome: 'retry' });
      logger.warn({ err: error }, 'could not publish notifications; trying again');
    },
  });
}
