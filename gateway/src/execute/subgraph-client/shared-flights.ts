import type { Principal } from '@tributary/chassis';
import type { Flight } from './flight.ts';

export interface SharedFlights<Answer> {
  /** The flight that is on its way with the same body for the same principal, or a new one. */
  join(principal: Principal, body: string, start: () => Flight<Answer>): Flight<Answer>;
}

/** Identical fetches of one principal that overlap in time are one fetch; principals never share. */
export function createSharedFlights<Answer>({
  onShare,
}: {
  onShare: () => void;
}): SharedFlights<Answer> {
  const flights = new Map<string, Flight<Answer>>();
  const keys = new WeakMap<Principal, string>();

  function keyOf(principal: Principal): string {
    const known = keys.get(principal);
    if (known !== undefined) return known;
    const key = JSON.stringify(principal);
    keys.set(principal, key);
    return key;
  }

  return {
    join(principal, body, start) {
      const key = `${keyOf(principal)}\n${body}`;
      const known = flights.get(key);
      if (known) {
        onShare();
        return known;
      }
      const flight = start();
      const land = () => void flights.delete(key);
      flights.set(key, flight);
      flight.answer.then(land, land);
      return flight;
    },
  };
}
