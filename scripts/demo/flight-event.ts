import type { Flight } from './flights.ts';

/** The JSON Schema that the demo registers for `flight.departed`. */
export const flightSchema = {
  type: 'object',
  required: ['origin', 'destination', 'delay', 'distance'],
  properties: {
    origin: { type: 'string', pattern: '^[A-Z0-9]{3}$' },
    destination: { type: 'string', pattern: '^[A-Z0-9]{3}$' },
    delay: { type: 'integer', minimum: -1440, maximum: 2880, description: 'Minutes.' },
    distance: { type: 'integer', minimum: 0, maximum: 6000, description: 'Miles.' },
  },
  additionalProperties: false,
};

export const flightType = 'flight.departed';

/** A flight as the CloudEvent that any producer would send. */
export function toFlightEvent(flight: Flight, options: { id: string; time: Date }) {
  const { origin, destination, delay, distance } = flight;
  return {
    specversion: '1.0',
    id: options.id,
    source: '/vega-datasets/flights-3m',
    type: flightType,
    subject: origin,
    time: options.time.toISOString(),
    data: { origin, destination, delay, distance },
  };
}

export type FlightEvent = ReturnType<typeof toFlightEvent>;
