import type { EventReceived } from '@tributary/events';
import type { CheckedEvent } from './check-record.ts';

/** Whose write key an event came with. */
export interface EventOrigin {
  sourceId: string;
  workspace: string;
  requestId: string;
  /** In ISO 8601. */
  acceptedAt: string;
}

/** What goes on the log: the CloudEvents attributes we carry, and what the door knows. Extensions stay behind. */
export function toReceivedEvent(event: CheckedEvent, origin: EventOrigin): EventReceived {
  const { id, source, type, time, subject, data } = event;
  return {
    specversion: '1.0',
    id,
    source,
    type,
    time,
    ...(subject !== undefined && { subject }),
    workspace: origin.workspace,
    sourceid: origin.sourceId,
    acceptedat: origin.acceptedAt,
    requestid: origin.requestId,
    data,
  };
}
