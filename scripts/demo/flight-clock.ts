/**
 * Flights of 2001 on today's clock: sped up, so that a day passes in six minutes, and started again
 * from the first flight when the last has left. A pure function of the start: a replay that stops
 * and goes on gives every flight the same id and time again.
 */
import { type Flight, firstFlight, lastFlight } from './flights.ts';

/** Seconds of 2001 in a second of today. */
export const speed = 240;
/** The moment of 2001 that is shown when a demo starts: the afternoon of a day that goes badly. */
const openingScene = new Date('2001-01-12T13:00:00Z');
const span = lastFlight.getTime() - firstFlight.getTime() + 60_000;

export interface FlightClock {
  /** When a flight departs, for us. */
  timeOf(flight: Pick<Flight, 'date'>, cycle: number): Date;
  /** The round through the file, and the moment of 2001 in it, that belong to a time of ours. */
  momentAt(time: Date): { cycle: number; date: Date };
}

export function createFlightClock(startedAt: Date): FlightClock {
  const opening = openingScene.getTime() - firstFlight.getTime();
  return {
    timeOf({ date }, cycle) {
      const elapsed = date.getTime() - firstFlight.getTime() + cycle * span;
      return new Date(startedAt.getTime() + (elapsed - opening) / speed);
    },
    momentAt(time) {
      const elapsed = (time.getTime() - startedAt.getTime()) * speed + opening;
      const cycle = Math.floor(elapsed / span);
      return { cycle, date: new Date(firstFlight.getTime() + elapsed - cycle * span) };
    },
  };
}
