import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRule, readInbox } from './documents.ts';
import {
  type NotificationsService,
  patience,
  startNotifications,
} from './notifications-service.ts';

let service: NotificationsService;

beforeAll(async () => {
  service = await startNotifications();
});

afterAll(() => service[Symbol.asyncDispose]());

test('a rule is made with the schema’s defaults and names its metric', async () => {
  const ada = person();
  const metricId = randomUUID();
  const { data } = await service.subgraph.query(
    ada,
    `mutation ($input: CreateAlertRuleInput!) {
      createAlertRule(input: $input) {
        alertRule {
          name operator threshold windowMinutes holdSeconds severity metric { id } activeAlert { id }
        }
        userErrors { code }
      }
    }`,
    { input: { name: ' Delay ', metricId, operator: 'BELOW', threshold: 0.5 } },
  );
  expect(data.createAlertRule).toEqual({
    alertRule: {
      name: 'Delay',
      operator: 'BELOW',
      threshold: 0.5,
      windowMinutes: 5,
      holdSeconds: 0,
      severity: 'WARNING',
      metric: { id: metricId },
      activeAlert: null,
    },
    userErrors: [],
  });
});

test('every input that is out of its limits is named', async () => {
  const { data } = await service.subgraph.query(
    person(),
    `mutation ($input: CreateAlertRuleInput!) {
      createAlertRule(input: $input) { alertRule { id } userErrors { code field } }
    }`,
    {
      input: {
        name: 'two\nlines',
        metricId: 'x',
        operator: 'ABOVE',
        threshold: 1,
        windowMinutes: 1_441,
        holdSeconds: -1,
      },
    },
  );
  expect(data.createAlertRule).toEqual({
    alertRule: null,
    userErrors: ['name', 'metricId', 'windowMinutes', 'holdSeconds'].map((field) => ({
      code: 'INVALID_INPUT',
      field: ['input', field],
    })),
  });
});

test('marking one notification as read leaves the others unread, marking all leaves none', async () => {
  const ada = person();
  await service.join(ada);
  const metricIds = [randomUUID(), randomUUID(), randomUUID()];
  for (const metricId of metricIds) await createRule(service, ada, { metricId });
  await service.report(
    ...metricIds.map((metricId) => ({ workspace: ada.workspace, metricId, value: 20 })),
  );
  await vi.waitFor(
    async () => expect((await readInbox(service, ada)).unreadNotificationCount).toBe(3),
    patience,
  );
  const [first] = (await readInbox(service, ada)).notifications;
  const markRead = async (input: object) => {
    const { data } = await service.subgraph.query(
      ada,
      `mutation ($input: MarkNotificationsReadInput!) {
        markNotificationsRead(input: $input) { user { unreadNotificationCount } userErrors { code } }
      }`,
      { input },
    );
    return data.markNotificationsRead;
  };

  expect(await markRead({ ids: [first?.id] })).toEqual({
    user: { unreadNotificationCount: 2 },
    userErrors: [],
  });
  const { readAt } = (await readInbox(service, ada)).notifications[0] ?? {};
  expect(await markRead({})).toMatchObject({ user: { unreadNotificationCount: 0 } });
  expect((await readInbox(service, ada)).notifications[0]).toMatchObject({ id: first?.id, readAt });
});

test('pages of an inbox and of alerts hold everything once, newest first', async () => {
  const ada = person();
  await service.join(ada);
  const metricIds = Array.from({ length: 5 }, () => randomUUID());
  for (const metricId of metricIds) await createRule(service, ada, { metricId });
  for (const metricId of metricIds) {
    await service.report({ workspace: ada.workspace, metricId, value: 20 });
  }
  await vi.waitFor(
    async () => expect((await readInbox(service, ada)).unreadNotificationCount).toBe(5),
    patience,
  );

  const document = `query ($representations: [_Any!]!, $after: String) {
    _entities(representations: $representations) {
      ... on User { list: notifications(first: 2, after: $after, unreadOnly: true) { ...N } }
      ... on Workspace { list: alerts(first: 2, after: $after, state: FIRING) { ...A } }
    }
  }
  fragment N on NotificationConnection { edges { node { id } } pageInfo { hasNextPage endCursor } }
  fragment A on AlertConnection { edges { node { id } } pageInfo { hasNextPage endCursor } }`;
  for (const representation of [
    { __typename: 'User', id: ada.subject },
    { __typename: 'Workspace', id: ada.workspace },
  ]) {
    const ids: string[] = [];
    let after: string | null = null;
    for (const expected of [2, 2, 1]) {
      const { data } = await service.subgraph.query(ada, document, {
        representations: [representation],
        after,
      });
      const { edges, pageInfo } = data._entities[0].list;
      expect(edges).toHaveLength(expected);
      expect(pageInfo.hasNextPage).toBe(expected === 2);
      ids.push(...edges.map((edge: { node: { id: string } }) => edge.node.id));
      after = pageInfo.endCursor;
    }
    expect(new Set(ids).size).toBe(5);
    expect(ids).toEqual([...ids].sort().reverse());
  }
});

test('a page that is none is refused with the argument’s name', async () => {
  const ada = person();
  const { errors } = await service.subgraph.query(
    ada,
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) { ... on User { localMails(first: 101) { id } } }
    }`,
    { representations: [{ __typename: 'User', id: ada.subject }] },
  );
  expect(errors?.[0]?.extensions).toEqual({ code: 'INVALID_INPUT', field: ['first'] });
});
