import { type DemoState, saveDemoState } from './demo-state.ts';
import { replayFlights } from './replay-flights.ts';
import { createFlightDashboard, createFlightSource, signIn } from './set-up.ts';

export interface Demo {
  writeKey: string;
  dashboardId: string;
  /** Ends when `signal` is aborted. */
  replay(options: {
    signal: AbortSignal;
    onHistoryLoaded: (events: number) => void;
  }): Promise<void>;
}

/** Makes what is missing of the demo and hands over its replay. Started again, it goes on where it was. */
export async function prepareDemo(options: {
  home: string;
  url: string;
  state: DemoState;
}): Promise<Demo> {
  const { home, url, state } = options;
  const ask = await signIn(url, state);
  const source = state.source ?? (await createFlightSource(ask));
  // The write key is shown once: it is kept before anything else can fail.
  saveDemoState(home, { ...state, source });
  const dashboardId = await createFlightDashboard(ask, source.sourceId);
  const { startedAt } = state;
  return {
    writeKey: source.writeKey,
    dashboardId,
    replay: (running) => replayFlights({ url, writeKey: source.writeKey, startedAt, ...running }),
  };
}
