import { randomUUID } from 'node:crypto';
import type { EventReceived } from '@tributary/events';

/** An event as the log holds it, of a source and a workspace of its own. */
export function receivedEvent(data: Record<string, unknown>): EventReceived {
  const time = '2026-11-28T09:30:00.000Z';
  return {
    specversion: '1.0',
    id: 'flight-1',
    source: '/gates/7',
    type: 'flight.departed',
    time,
    workspace: randomUUID(),
    sourceid: randomUUID(),
    acceptedat: time,
    requestid: 'request-1',
    data,
  };
}
