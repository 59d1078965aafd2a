import { person } from '@tributary/testkit';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { boardOf, type Live, startLive, update } from './support/live.ts';

let run: Live;
beforeAll(async () => {
  run = await startLive();
});
afterAll(() => run?.[Symbol.asyncDispose]());
beforeEach(() => {
  run.supergraph.boards.requests.length = 0;
  run.supergraph.rules.requests.length = 0;
});

test('a message arrives with the fields it holds, those of its own subgraph and those of others', async () => {
  const alice = person();
  await using client = await run.connect(alice);
  const results = client.subscribe(`subscription {
    widgetUpdated(dashboardId: "d1") {
      value
      freshness { lagMilliseconds }
      widget { id title metric { name alertRules { name } } }
    }
  }`);
  const next = results.next();
  await run.publish(boardOf(alice.workspace), update);

  expect((await next).value).toMatchObject({
    data: {
      widgetUpdated: {
        value: 4.5,
        freshness: { lagMilliseconds: 12 },
        widget: {
          id: 'w1',
          title: 'Widget w1',
          metric: {
            name: 'Name of metric-of-w1',
            alertRules: [{ name: 'Rule on metric-of-w1' }],
          },
        },
      },
    },
  });
  expect(run.supergraph.boards.requests).toHaveLength(1);
  expect(run.supergraph.rules.requests).toHaveLength(1);
});

test('aliases, fragments, lists, arguments, directives and nulls come as in any answer', async () => {
  const alice = person();
  await using client = await run.connect(alice);
  const results = client.subscribe(
    `subscription Board($board: ID!, $loud: Boolean, $with: Boolean!) {
      changed: widgetUpdated(dashboardId: $board) {
        __typename
        number: value
        points { value @include(if: $with) ... on Point { again: value } }
        freshness @skip(if: $with) { state }
        widget { ...Names }
        related { __typename shout: title(upperCase: true) title metric { alertRules { id } } }
      }
    }
    fragment Names on Widget { key: id title: title(upperCase: $loud) metric { __typename label: name } }`,
    { board: 'd1', loud: true, with: true },
  );
  const next = results.next();
  await run.publish(boardOf(alice.workspace), { ...update, value: null });

  const related = (id: string) => ({
    __typename: 'Widget',
    shout: `WIDGET ${id}`,
    title: `Widget ${id}`,
    metric: { alertRules: [{ id: `rule-metric-of-${id}` }] },
  });
  expect((await next).value).toMatchObject({
    data: {
      changed: {
        __typename: 'WidgetUpdate',
        number: null,
        points: [
          { value: 1, again: 1 },
          { value: 2, again: 2 },
        ],
        widget: {
          key: 'w1',
          title: 'WIDGET w1',
          metric: { __typename: 'Metric', label: 'Name of metric-of-w1' },
        },
        related: [related('w2'), related('w3')],
      },
    },
  });
});

test('what a message holds of an entity is not fetched again', async () => {
  const alice = person();
  await using client = await run.connect(alice);
  const next = client.subscribe('subscription { noticed { id title about { id } } }').next();
  const notice = { id: 'n1', title: 'Late', about: null };
  await run.publish(`notices.${alice.workspace}.user.${alice.subject}`, notice);

  expect((await next).value).toMatchObject({ data: { noticed: notice } });
  expect(run.supergraph.boards.requests).toHaveLength(0);
});

test('what fails in a subgraph is in the result, at its place, and the subscription goes on', async () => {
  const alice = person();
  await using client = await run.connect(alice);
  const results = client.subscribe(`subscription {
    widgetUpdated(dashboardId: "d1") { value widget { broken } related { title } }
  }`);
  const first = results.next();
  await run.publish(boardOf(alice.workspace), update);

  const failed = (await first).value;
  expect(failed).toMatchObject({
    data: { widgetUpdated: { value: 4.5, widget: { broken: null } } },
    errors: [
      {
        message: 'Not this one.',
        path: ['widgetUpdated', 'widget', 'broken'],
        extensions: { code: 'CONFLICT', requestId: expect.any(String) },
      },
    ],
  });

  const second = results.next();
  await run.publish(boardOf(alice.workspace), { ...update, related: [{ id: 'gone-1' }] });
  expect((await second).value).toMatchObject({
    data: null,
    errors: expect.arrayContaining([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'NOT_FOUND' }) }),
    ]),
  });
});

test('a message that is not what the schema says is masked and logged', async () => {
  const alice = person();
  await using client = await run.connect(alice);
  const next = client
    .subscribe('subscription { widgetUpdated(dashboardId: "d1") { freshness { state } } }')
    .next();
  await run.publish(boardOf(alice.workspace), { ...update, freshness: { state: 'PURPLE' } });

  expect((await next).value).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL' } }] });
  await expect.poll(run.gateway.log).toContain('PURPLE');
});
