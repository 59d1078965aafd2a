/**
 * Sends flights to the public ingestion endpoint as their time comes, like anyone's events.
 * A batch that was not acknowledged is sent again; ids repeat, so nothing counts twice.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createFlightClock } from './flight-clock.ts';
import { type FlightEvent, toFlightEvent } from './flight-event.ts';
import { readFlights } from './flights.ts';
import { postEvents } from './post-events.ts';

const batchSize = 1_000;
/** How long live flights gather before they leave together. */
const gatherMilliseconds = 200;
/** What a dashboard of one hour shows at once. */
const historyMilliseconds = 60 * 60_000;

export interface ReplayOptions {
  url: string;
  writeKey: string;
  /** When the demo was started for the first time. */
  startedAt: Date;
  signal: AbortSignal;
  /** Told once, when the last hour is in. */
  onHistoryLoaded?: (events: number) => void;
}

export async function replayFlights(options: ReplayOptions): Promise<void> {
  const { signal } = options;
  let sent = 0;
  let live = false;
  let batch: FlightEvent[] = [];

  async function send(): Promise<void> {
    while (batch.length > 0 && !signal.aborted) {
      try {
        await postEvents(options, batch);
        sent += batch.length;
        batch = [];
      } catch {
        // The endpoint is away or full; the supervisor says which service fell over.
        await rest(1_000, signal);
      }
    }
  }

  for await (const event of flightsOnTheClock(options.startedAt)) {
    if (signal.aborted) return;
    const wait = Date.parse(event.time) - Date.now();
    if (batch.length >= batchSize || wait > 0) await send();
    if (wait > 0) {
      if (!live) options.onHistoryLoaded?.(sent);
      live = true;
      await rest(Math.max(wait, gatherMilliseconds), signal);
    }
    batch.push(event);
  }
}

/** Every flight from an hour ago on, without end. */
async function* flightsOnTheClock(startedAt: Date): AsyncGenerator<FlightEvent> {
  const clock = createFlightClock(startedAt);
  let { cycle, date } = clock.momentAt(new Date(Date.now() - historyMilliseconds));
  for (; ; cycle += 1, date = new Date(0)) {
    for await (const flight of readFlights(date)) {
      yield toFlightEvent(flight, {
        id: `${cycle}-${flight.row}`,
        time: clock.timeOf(flight, cycle),
      });
    }
  }
}

async function rest(milliseconds: number, signal: AbortSignal): Promise<void> {
  await pause(milliseconds, undefined, { signal }).catch(() => {});
}
