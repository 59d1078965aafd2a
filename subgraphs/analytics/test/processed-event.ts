import { randomUUID } from 'node:crypto';
import type { EventProcessed } from '@tributary/events';

/** An event as the pipeline leaves it: of now, accepted now, unless said otherwise. */
export function processedEvent(
  overrides: Partial<EventProcessed> & Pick<EventProcessed, 'workspace' | 'sourceid'>,
): EventProcessed {
  const now = new Date().toISOString();
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/test',
    type: 'flight.departed',
    time: now,
    acceptedat: now,
    requestid: 'test-request',
    data: {},
    ...overrides,
  };
}
