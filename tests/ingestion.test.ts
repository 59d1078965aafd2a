import { expect, inject, test } from 'vitest';
import { flightEvent } from './support/flight-event.ts';
import { createFlightsWorkspace, type FlightsWorkspace } from './support/flights-workspace.ts';
import { send } from './support/send.ts';
import { subscribe } from './support/subscribe.ts';

const deadLetters = `{ workspace { deadLetters { edges { node { id stage field reason original status attempts source { name } } } } } }`;

async function departures({ ask, dashboardId }: FlightsWorkspace): Promise<number | null> {
  const { data } = await ask(
    `query ($id: ID!) { dashboard(id: $id) { widgets { metric { value } } } }`,
    { id: dashboardId },
  );
  return data.dashboard.widgets[0].metric.value;
}

test.each([
  ['application/json', (events: object[]) => JSON.stringify(events)],
  [
    'application/x-ndjson',
    (events: object[]) => events.map((event) => JSON.stringify(event)).join('\n'),
  ],
])(
  'a batch as %s is answered record by record: the bad one with field and reason, the good ones kept',
  async (contentType, encode) => {
    const workspace = await createFlightsWorkspace(inject('stackUrl'));
    const events = [flightEvent(), flightEvent({}, { delay: 'late' }), flightEvent()];
    const { status, body } = await send({ ...workspace, contentType }, encode(events));
    expect(status).toBe(207);
    expect(body).toMatchObject({ accepted: 2, rejected: 1 });
    expect(body.verdicts).toHaveLength(3);
    expect(body.verdicts[1]).toMatchObject({
      index: 1,
      id: events[1]?.id,
      status: 'rejected',
      field: 'data.delay',
    });
    expect(body.verdicts[1].reason).toMatch(/integer/);

    const { data } = await workspace.ask(deadLetters);
    expect(data.workspace.deadLetters.edges).toHaveLength(1);
    expect(data.workspace.deadLetters.edges[0].node).toMatchObject({
      stage: 'VALIDATE',
      field: 'data.delay',
      status: 'OPEN',
      source: { name: 'Flights' },
    });
    expect(JSON.parse(data.workspace.deadLetters.edges[0].node.original)).toEqual(events[1]);
    await expect.poll(() => departures(workspace)).toBe(2);
  },
);

test('an event reaches a subscribed dashboard, enriched with the city’s name', async () => {
  const workspace = await createFlightsWorkspace(inject('stackUrl'));
  using live = subscribe(
    workspace,
    `subscription ($id: ID!) {
      widgetUpdated(dashboardId: $id) {
        value points { value count } groups { key value count } freshness { state lagMilliseconds }
        widget { title kind metric { name alertRules { name } source { name } } }
      }
    }`,
    { id: workspace.dashboardId },
  );
  // More than the thirty that a group needs to be shown; sent again until the subscription is open.
  await expect
    .poll(
      async () => {
        await send(workspace, JSON.stringify(Array.from({ length: 40 }, () => flightEvent())));
        return titles(live.messages);
      },
      { timeout: 20_000, interval: 500 },
    )
    .toEqual(
      expect.arrayContaining([
        'Average delay',
        'Departures per minute',
        'More than 15 minutes late',
        'Origins with the highest average delay',
      ]),
    );
  // The first of them may tell of the partitions that were stored first.
  const newestByOrigin = () =>
    updates(live.messages)
      .filter(({ widget }) => widget.kind === 'BAR')
      .at(-1);
  await expect.poll(newestByOrigin, { timeout: 10_000 }).toMatchObject({
    groups: [{ key: 'New York (JFK)', value: 20 }],
    freshness: { state: 'LIVE', lagMilliseconds: expect.any(Number) },
    widget: {
      metric: { name: 'Average delay by origin', alertRules: [], source: { name: 'Flights' } },
    },
  });
  expect(live.errors).toEqual([]);
});

// biome-ignore lint/suspicious/noExplicitAny: a wrong shape fails the assertion that reads it.
function updates(messages: unknown[]): any[] {
  return (messages as { data: { widgetUpdated: object } }[]).map(({ data }) => data.widgetUpdated);
}

function titles(messages: unknown[]): string[] {
  return updates(messages).map(({ widget }) => widget.title);
}

test('a dead letter that was mended goes through the pipeline and is counted', async () => {
  const workspace = await createFlightsWorkspace(inject('stackUrl'));
  const bad = flightEvent({}, { delay: 'late' });
  await send(workspace, JSON.stringify(bad));
  const { data } = await workspace.ask(deadLetters);
  const { id } = data.workspace.deadLetters.edges[0].node;
  const replay = await workspace.ask(
    `mutation ($input: ReplayDeadLetterInput!) { replayDeadLetter(input: $input) { deadLetter { status } userErrors { message } } }`,
    { input: { id, event: { ...bad, data: { ...bad.data, delay: 12 } } } },
  );
  expect(replay.data.replayDeadLetter).toEqual({
    deadLetter: { status: 'REPLAYING' },
    userErrors: [],
  });
  await expect.poll(() => departures(workspace)).toBe(1);
  await expect
    .poll(
      async () =>
        (await workspace.ask('query ($id: ID!) { deadLetter(id: $id) { status } }', { id })).data
          .deadLetter.status,
    )
    .toBe('RESOLVED');
});

test('an event sent twice is counted once', async () => {
  const workspace = await createFlightsWorkspace(inject('stackUrl'));
  const event = flightEvent();
  for (let attempt = 0; attempt < 3; attempt += 1) {
    expect((await send(workspace, JSON.stringify([event, event]))).status).toBe(200);
  }
  await send(workspace, JSON.stringify(flightEvent()));
  await expect.poll(() => departures(workspace)).toBe(2);
});
