import { expect } from 'vitest';
import { flightEvent } from './flight-event.ts';
import type { FlightsWorkspace } from './flights-workspace.ts';
import { send } from './send.ts';

/** Flights of one origin, all with this delay in minutes. */
export async function sendFlights(
  workspace: FlightsWorkspace,
  count: number,
  delay: number,
): Promise<void> {
  const events = Array.from({ length: count }, () => flightEvent({}, { delay }));
  expect((await send(workspace, JSON.stringify(events))).status).toBe(200);
}
