import { randomUUID } from 'node:crypto';

/** A flight that departs now, twenty minutes late, unless said otherwise. */
export function flightEvent(overrides: object = {}, data: object = {}) {
  return {
    specversion: '1.0',
    id: randomUUID(),
    source: '/test',
    type: 'flight.departed',
    time: new Date().toISOString(),
    data: { origin: 'JFK', destination: 'SFO', delay: 20, distance: 2586, ...data },
    ...overrides,
  };
}
