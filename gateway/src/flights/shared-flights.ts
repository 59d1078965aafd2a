import type { Flight } from './flight.ts';

export interface SharedFlights<Answer> {
  /** The flight that is on its way under the same key, or a new one. */
  join(key: string, start: () => Flight<Answer>): Flight<Answer>;
}

/**
 * Identical work that overlaps in time is done once. Whose work it is belongs into the key, since
 * principals never share.
 */
export function createSharedFlights<Answer>({
  onJoin,
}: {
  /** Whether there was one to join. */
  onJoin: (shared: boolean) => void;
}): SharedFlights<Answer> {
  const flights = new Map<string, Flight<Answer>>();
  return {
    join(key, start) {
      const known = flights.get(key);
      onJoin(known !== undefined);
      if (known) return known;
      const flight = start();
      const land = () => void flights.delete(key);
      flights.set(key, flight);
      flight.answer.then(land, land);
      return flight;
    },
  };
}
