import { randomUUID } from 'node:crypto';
import type { Principal, UserPrincipal } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type AnalyticsService, patience, startAnalytics } from './analytics-service.ts';
import {
  changeMetricDocument,
  createDashboard,
  createMetric,
  dashboardMutation,
  deleteDashboardDocument,
  deleteMetricDocument,
} from './documents.ts';
import { processedEvent } from './processed-event.ts';

let service: AnalyticsService;
beforeAll(async () => {
  service = await startAnalytics();
});
afterAll(() => service[Symbol.asyncDispose]());

const add = dashboardMutation('addWidget', 'AddWidgetInput');
const change = dashboardMutation('changeWidget', 'ChangeWidgetInput');
const remove = dashboardMutation('removeWidget', 'RemoveWidgetInput');
const order = dashboardMutation('orderWidgets', 'OrderWidgetsInput');
const rename = dashboardMutation('renameDashboard', 'RenameDashboardInput');

async function ask(principal: Principal, document: string, input: object) {
  const { data } = await service.subgraph.query(principal, document, { input });
  return data.answer;
}

/** A dashboard of figures of one metric, as many as titles are given. */
async function dashboardOf(principal: UserPrincipal, ...titles: string[]) {
  const metricId = await createMetric(service.subgraph, principal, { dimensions: ['origin'] });
  const widgets = titles.map((title) => ({ title, kind: 'NUMBER', metricId }));
  return { metricId, ...(await createDashboard(service.subgraph, principal, widgets)) };
}

const titlesOf = (answer: { dashboard: { widgets: { title: string }[] } }) =>
  answer.dashboard.widgets.map(({ title }) => title);

test('widgets are added behind the others, changed in place, moved and removed', async () => {
  const alice = person();
  const { id: dashboardId, metricId, widgetIds } = await dashboardOf(alice, 'one', 'two');
  const widget = { title: 'three', kind: 'BAR', metricId };
  const added = await ask(alice, add, { dashboardId, widget });
  expect(titlesOf(added)).toEqual(['one', 'two', 'three']);

  const [first = '', second = ''] = widgetIds;
  const third = added.dashboard.widgets[2].id;
  const moved = await ask(alice, order, { dashboardId, widgetIds: [third, second, first] });
  expect(titlesOf(moved)).toEqual(['three', 'two', 'one']);

  const table = { title: '2', kind: 'TABLE', metricId, windowMinutes: 90, step: 'HOUR', limit: 5 };
  const where = [{ dimension: 'origin', in: ['JFK'] }];
  const changed = await ask(alice, change, { id: second, widget: { ...table, where } });
  expect(titlesOf(changed)).toEqual(['three', '2', 'one']);
  const { data } = await service.subgraph.query(
    alice,
    'query ($id: ID!) { dashboard(id: $id) { widgets { kind windowMinutes step limit minimumCount by where { dimension in } } } }',
    { id: dashboardId },
  );
  expect(data.dashboard.widgets[1]).toEqual({
    kind: 'TABLE',
    windowMinutes: 90,
    step: 'HOUR',
    limit: 5,
    minimumCount: 1,
    by: ['origin'],
    where,
  });

  expect(titlesOf(await ask(alice, remove, { id: third }))).toEqual(['2', 'one']);
  const last = await ask(alice, add, { dashboardId, widget });
  expect(titlesOf(last)).toEqual(['2', 'one', 'three']);
});

test('an order that knows not all of the widgets changes nothing', async () => {
  const alice = person();
  const { id: dashboardId, widgetIds } = await dashboardOf(alice, 'one', 'two');
  const [first = '', second = ''] = widgetIds;
  for (const wrong of [[first], [first, first], [first, second, randomUUID()]]) {
    const { dashboard, userErrors } = await ask(alice, order, { dashboardId, widgetIds: wrong });
    expect(dashboard).toBeNull();
    expect(userErrors).toMatchObject([{ field: ['input', 'widgetIds'] }]);
  }
  const renamed = await ask(alice, rename, { id: dashboardId, name: ' Renamed ' });
  expect(renamed.dashboard).toMatchObject({ name: 'Renamed' });
  expect(titlesOf(renamed)).toEqual(['one', 'two']);
});

test('widgets that are added at once all get a place, up to fifty', async () => {
  const alice = person();
  const { id: dashboardId, metricId } = await dashboardOf(alice, 'one');
  const answers = await Promise.all(
    Array.from({ length: 51 }, (_, place) =>
      ask(alice, add, { dashboardId, widget: { title: `${place}`, kind: 'NUMBER', metricId } }),
    ),
  );
  const refused = answers.filter(({ userErrors }) => userErrors.length > 0);
  expect(refused).toHaveLength(2);
  expect(refused[0].userErrors).toMatchObject([{ code: 'CONFLICT', field: ['input', 'widget'] }]);
  const { dashboard } = await ask(alice, rename, { id: dashboardId, name: 'Full' });
  expect(dashboard.widgets).toHaveLength(50);
});

test('a widget is refused by the input’s path', async () => {
  const alice = person();
  const { id: dashboardId, metricId, widgetIds } = await dashboardOf(alice, 'one');
  const widget = { title: 'x', kind: 'BAR', metricId };
  const wrong = { ...widget, title: '', windowMinutes: 0 };
  const { userErrors } = await ask(alice, add, { dashboardId, widget: wrong });
  expect(userErrors).toMatchObject([
    { field: ['input', 'widget', 'title'] },
    { field: ['input', 'widget', 'windowMinutes'] },
  ]);
  const by = await ask(alice, change, { id: widgetIds[0], widget: { ...widget, by: ['x'] } });
  expect(by.userErrors).toMatchObject([{ field: ['input', 'widget', 'by', '0'] }]);
  const gone = { ...widget, metricId: randomUUID() };
  const nobodys = await ask(alice, change, { id: widgetIds[0], widget: gone });
  expect(nobodys.userErrors).toMatchObject([
    { code: 'NOT_FOUND', field: ['input', 'widget', 'metricId'] },
  ]);
});

test('a metric’s name and unit change, and nothing of what it counts', async () => {
  const alice = person();
  const sourceId = randomUUID();
  const given = { sourceId, aggregation: 'SUM', field: 'delay', unit: 'min' };
  const id = await createMetric(service.subgraph, alice, given);
  await service.send(
    processedEvent({ workspace: alice.workspace, sourceid: sourceId, data: { delay: 7 } }),
  );
  const read = async () => {
    const document = 'query ($id: ID!) { metric(id: $id) { name unit value countingBefore } }';
    return (await service.subgraph.query(alice, document, { id })).data.metric;
  };
  await vi.waitFor(async () => expect((await read()).value).toBe(7), patience);
  const named = await ask(alice, changeMetricDocument, { id, name: ' All delay ' });
  expect(named.metric).toEqual({ id, name: 'All delay', unit: 'min' });
  await ask(alice, changeMetricDocument, { id, name: 'All delay', unit: '' });
  expect(await read()).toEqual({ name: 'All delay', unit: '', value: 7, countingBefore: null });
  const { userErrors } = await ask(alice, changeMetricDocument, { id, name: '' });
  expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT', field: ['input', 'name'] }]);
});

test('a deleted metric is gone with its widgets and figures, and events go on being stored', async () => {
  const alice = person();
  const sourceId = randomUUID();
  const { pool } = service.database;
  const id = await createMetric(service.subgraph, alice, { sourceId, dimensions: ['origin'] });
  const other = await createMetric(service.subgraph, alice, { sourceId });
  const board = await createDashboard(service.subgraph, alice, [
    { title: 'gone', kind: 'BAR', metricId: id },
    { title: 'stays', kind: 'NUMBER', metricId: other },
  ]);
  const event = { workspace: alice.workspace, sourceid: sourceId, data: { origin: 'JFK' } };
  await service.send(processedEvent(event));
  const read = async () => {
    const document = `query ($id: ID!, $other: ID!) {
      metric(id: $id) { id widgets { title dashboard { id } } } other: metric(id: $other) { value }
    }`;
    return (await service.subgraph.query(alice, document, { id, other })).data;
  };
  await vi.waitFor(async () => expect((await read()).other.value).toBe(1), patience);
  expect((await read()).metric.widgets).toEqual([{ title: 'gone', dashboard: { id: board.id } }]);

  expect(await ask(alice, deleteMetricDocument, { id })).toEqual({ deletedId: id, userErrors: [] });
  expect((await read()).metric).toBeNull();
  const { dashboard } = await ask(alice, rename, { id: board.id, name: 'Flights' });
  expect(dashboard.widgets).toMatchObject([{ title: 'stays' }]);
  await service.send(processedEvent(event));
  await vi.waitFor(async () => expect((await read()).other.value).toBe(2), patience);
  await vi.waitFor(async () => {
    const { rows } = await pool.query(
      `SELECT (SELECT count(*) FROM rollup_minute WHERE metric_id = $1)
            + (SELECT count(*) FROM rollup_hour WHERE metric_id = $1)
            + (SELECT count(*) FROM rollup_day WHERE metric_id = $1)
            + (SELECT count(*) FROM removed_metric) AS left`,
      [id],
    );
    expect(rows).toEqual([{ left: '0' }]);
  }, patience);

  expect((await ask(alice, deleteDashboardDocument, { id: board.id })).deletedId).toBe(board.id);
  expect(await ask(alice, rename, { id: board.id, name: 'x' })).toMatchObject({ dashboard: null });
});

test('a metric is answered while its stored events are still being counted', async () => {
  const alice = person();
  const sourceId = randomUUID();
  const first = await createMetric(service.subgraph, alice, { sourceId });
  const figure = async (id: string) => {
    const document = 'query ($id: ID!) { metric(id: $id) { value countingBefore } }';
    return (await service.subgraph.query(alice, document, { id })).data.metric;
  };
  await service.send(processedEvent({ workspace: alice.workspace, sourceid: sourceId }));
  await vi.waitFor(async () => expect((await figure(first)).value).toBe(1), patience);
  const client = await service.database.pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('LOCK TABLE rollup_minute IN EXCLUSIVE MODE');
    const second = await createMetric(service.subgraph, alice, { sourceId });
    expect((await figure(second)).countingBefore).not.toBeNull();
    await client.query('COMMIT');
    const counted = { value: 1, countingBefore: null };
    await vi.waitFor(async () => expect(await figure(second)).toEqual(counted), patience);
  } finally {
    client.release(true);
  }
});

test('a source tells what its stored events hold', async () => {
  const alice = person();
  const about = { workspace: alice.workspace, sourceid: randomUUID() };
  const seenBy = async (principal: UserPrincipal) => {
    const { data } = await service.subgraph.query(
      principal,
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Source {
        seenTypes { eventType fields { name isNumber examples } }
      } } }`,
      { representations: [{ __typename: 'Source', id: about.sourceid }] },
    );
    return data._entities[0].seenTypes;
  };
  await service.send(processedEvent({ ...about, data: { delay: 7, origin: 'JFK', crew: ['x'] } }));
  await vi.waitFor(
    async () =>
      expect(await seenBy(alice)).toEqual([
        {
          eventType: 'flight.departed',
          fields: [
            { name: 'delay', isNumber: true, examples: ['7'] },
            { name: 'origin', isNumber: false, examples: ['JFK'] },
          ],
        },
      ]),
    patience,
  );
  expect(await seenBy(person())).toEqual([]);
});

test('strangers can change nothing, and who may only read is refused', async () => {
  const alice = person();
  const { id: dashboardId, metricId, widgetIds } = await dashboardOf(alice, 'one', 'two');
  const reader = person({ workspace: alice.workspace, scopes: ['read:analytics'] });
  const widget = { title: 'x', kind: 'NUMBER', metricId };
  const [id] = widgetIds;
  const attempts: [document: string, input: object][] = [
    [changeMetricDocument, { id: metricId, name: 'x' }],
    [deleteMetricDocument, { id: metricId }],
    [deleteDashboardDocument, { id: dashboardId }],
    [rename, { id: dashboardId, name: 'x' }],
    [add, { dashboardId, widget }],
    [change, { id, widget }],
    [remove, { id }],
    [order, { dashboardId, widgetIds: widgetIds.toReversed() }],
  ];
  for (const [document, input] of attempts) {
    const answer = await ask(person(), document, input);
    expect(answer.dashboard ?? answer.metric ?? answer.deletedId ?? null).toBeNull();
    expect(answer.userErrors).toMatchObject([{ code: 'NOT_FOUND' }]);
    const { errors } = await service.subgraph.query(reader, document, { input });
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
  const { dashboard } = await ask(alice, rename, { id: dashboardId, name: 'Flights' });
  expect(titlesOf({ dashboard })).toEqual(['one', 'two']);
});
