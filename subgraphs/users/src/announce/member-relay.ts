/**
 * Appends committed member changes to the event log, at least once: a crash between the append and
 * the deletion from the outbox appends again, with the same event id.
 */
import type { Logger } from '@tributary/chassis';
import type { EventLog } from '@tributary/event-log';
import { memberChanged } from '@tributary/events';
import { createOutboxRelay, type OutboxMessage, type OutboxRelay } from '@tributary/outbox';
import type { Pool } from 'pg';

export interface MemberRelayOptions {
  pool: Pool;
  eventLog: EventLog;
  logger: Logger;
}

export function createMemberRelay({ pool, eventLog, logger }: MemberRelayOptions): OutboxRelay {
  return createOutboxRelay({
    pool,
    deliver: (messages) => eventLog.append(memberChanged, messages.map(toRecord)),
    onError: (error) => logger.warn({ err: error }, 'member changes wait in the outbox'),
  });
}

/**
 * A message of another name was written by a newer version of this service, whose own relay knows
 * what to do with it: failing keeps it in the outbox.
 */
function toRecord({ name, payload }: OutboxMessage) {
  if (name !== memberChanged.topic) throw new Error(`no topic for outbox messages named ${name}`);
  return memberChanged.schema.parse(payload);
}
