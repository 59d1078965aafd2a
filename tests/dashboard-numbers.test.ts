import { runCli } from '@tributary/cli/run-cli';
import { airportLabels } from '@tributary/scripts/demo/airports';
import { createFlightClock } from '@tributary/scripts/demo/flight-clock';
import { toFlightEvent } from '@tributary/scripts/demo/flight-event';
import { type Flight, readFlights } from '@tributary/scripts/demo/flights';
import { postEvents } from '@tributary/scripts/demo/post-events';
import { expect, inject, test } from 'vitest';
import { createFlightsWorkspace, type FlightsWorkspace } from './support/flights-workspace.ts';

const sliceSize = 20_000;
const dashboardQuery = `query ($id: ID!) {
  dashboard(id: $id) {
    widgets { title kind data { value points { at value count } groups { key value count } } }
  }
}`;

test('each widget of the demo dashboard equals what the same flights give when computed directly', async () => {
  const url = inject('stackUrl');
  const workspace = await createFlightsWorkspace(url);
  const flights = await loadSlice(workspace);
  const stored = () =>
    workspace
      .ask(
        `query ($id: ID!) { source(id: $id) { freshness { state } } dashboard(id: "${workspace.dashboardId}") { widgets { metric { value } } } }`,
        { id: workspace.sourceId },
      )
      .then(({ data }) => data.dashboard.widgets[0].metric.value);
  await expect.poll(stored, { timeout: 60_000, interval: 200 }).toBe(flights.length);

  const { data } = await workspace.ask(dashboardQuery, { id: workspace.dashboardId });
  const widgets = Object.fromEntries(
    data.dashboard.widgets.map((widget: { title: string; data: unknown }) => [
      widget.title,
      widget.data,
    ]),
  );
  const minutes = groupBy(flights, ({ time }) =>
    new Date(Math.floor(time.getTime() / 60_000) * 60_000).toISOString(),
  );
  const at = (point: { at: string }) => new Date(point.at).toISOString();

  const departures = widgets['Departures per minute'].points.map(
    (point: { at: string; value: number }) => [at(point), point.value],
  );
  expect(departures).toEqual([...minutes].map(([minute, found]) => [minute, found.length]));
  const delays = widgets['Average delay'].points.map((point: { at: string; value: number }) => [
    at(point),
    point.value,
  ]);
  expect(delays).toEqual([...minutes].map(([minute, found]) => [minute, averageDelay(found)]));
  expect(widgets['More than 15 minutes late'].value).toBe(
    flights.filter(({ delay }) => delay > 15).length / flights.length,
  );
  expect(widgets['Origins with the highest average delay'].groups).toEqual(topOrigins(flights));

  await expectSameAfterRebuild(workspace, flights);
});

/** From the command line, as whoever mistrusts a figure does it. */
async function expectSameAfterRebuild(
  { ask, url, accessToken, dashboardId }: FlightsWorkspace,
  flights: readonly TimedFlight[],
) {
  const { data } = await ask(
    'query ($id: ID!) { dashboard(id: $id) { widgets { title metric { id name } } } }',
    { id: dashboardId },
  );
  const { metric } = data.dashboard.widgets.find(({ title }: { title: string }) =>
    title.startsWith('Origins'),
  );
  const [from, to] = [flights.at(0), flights.at(-1)].map((flight) => {
    const minute = Math.floor((flight?.time.getTime() ?? 0) / 60_000) * 60_000;
    return new Date(flight === flights[0] ? minute : minute + 60_000).toISOString();
  });
  const read = () =>
    ask(
      'query ($id: ID!, $from: DateTime!, $to: DateTime!) { metric(id: $id) { range(from: $from, to: $to) { value top { key value } } } }',
      { id: metric.id, from, to },
    );
  const before = await read();
  expect(before.data.metric.range.value).toBe(averageDelay(flights));
  const rebuild = (name: string) =>
    runCli(['metrics', 'rebuild', name], { TRIBUTARY_URL: url, TRIBUTARY_TOKEN: accessToken });
  const done = await rebuild(metric.name);
  expect(done).toMatchObject({ stderr: '', exitCode: 0 });
  expect(done.stdout).toMatch(new RegExp(`${metric.name}: all stored events are counted\\.\n$`));
  expect((await read()).data).toEqual(before.data);
  expect(await rebuild('Nothing')).toMatchObject({
    stderr: expect.stringMatching(/^There is no metric called Nothing\./),
    exitCode: 1,
  });
}

type TimedFlight = Flight & { time: Date };

/** Sends the first flights of 2001 as if they departed within the last hour. */
async function loadSlice(workspace: { url: string; writeKey: string }): Promise<TimedFlight[]> {
  const taken: Flight[] = [];
  for await (const flight of readFlights()) {
    if (taken.push(flight) === sliceSize) break;
  }
  // The clock's opening scene is days after the slice's last flight, minutes ago on ours.
  const clock = createFlightClock(new Date());
  const flights = taken.map((flight) => ({ ...flight, time: clock.timeOf(flight, 0) }));
  const shift = Date.now() - 120_000 - (flights.at(-1)?.time.getTime() ?? 0);
  for (const flight of flights) flight.time = new Date(flight.time.getTime() + shift);
  const events = flights.map((flight) =>
    toFlightEvent(flight, { id: `${flight.row}`, time: flight.time }),
  );
  for (let start = 0; start < events.length; start += 1_000) {
    await postEvents(workspace, events.slice(start, start + 1_000));
  }
  return flights;
}

function topOrigins(flights: readonly TimedFlight[]) {
  const labels = airportLabels();
  return [...groupBy(flights, ({ origin }) => labels.get(origin) ?? '(none)')]
    .filter(([, found]) => found.length >= 30)
    .map(([key, found]) => ({ key, value: averageDelay(found), count: found.length }))
    .sort((a, b) => b.value - a.value || (a.key < b.key ? -1 : 1))
    .slice(0, 10);
}

function averageDelay(flights: readonly Flight[]): number {
  return flights.reduce((sum, { delay }) => sum + delay, 0) / flights.length;
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  return Map.groupBy(items, keyOf);
}
