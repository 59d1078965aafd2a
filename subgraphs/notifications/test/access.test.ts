import { randomUUID } from 'node:crypto';
import type { Principal } from '@tributary/chassis';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRule, type InboxNotification, readInbox } from './documents.ts';
import {
  type NotificationsService,
  patience,
  startNotifications,
} from './notifications-service.ts';

const ada = person();
const colleague = person({ workspace: ada.workspace });
const stranger = person();
const adaElsewhere = person({ subject: ada.subject });
const metricId = randomUUID();

let service: NotificationsService;
let ruleId: string;
let notification: InboxNotification;
let localMailId: string;

beforeAll(async () => {
  service = await startNotifications();
  await service.join(ada);
  ruleId = await createRule(service, ada, { metricId });
  await service.report({ workspace: ada.workspace, metricId, value: 20 });
  await vi.waitFor(async () => {
    const { notifications, localMails } = await readInbox(service, ada);
    expect(localMails).toHaveLength(1);
    notification = notifications[0] ?? expect.fail();
    localMailId = localMails[0]?.id ?? expect.fail();
  }, patience);
});

afterAll(() => service[Symbol.asyncDispose]());

const askRoots = (principal: Principal) =>
  service.subgraph.query(
    principal,
    `query ($rule: ID!, $alert: ID!, $notification: ID!) {
      alertRule(id: $rule) { id }
      alert(id: $alert) { id }
      notification(id: $notification) { id }
    }`,
    { rule: ruleId, alert: notification.alert?.id, notification: notification.id },
  );

const askEntities = (principal: Principal) =>
  service.subgraph.query(
    principal,
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on AlertRule { id }
        ... on Alert { id }
        ... on Notification { id }
        ... on Delivery { id }
        ... on LocalMail { id }
        ... on Workspace { id alertRules { id } alerts { edges { node { id } } } }
        ... on Metric { id alertRules { id } }
      }
    }`,
    {
      representations: [
        { __typename: 'AlertRule', id: ruleId },
        { __typename: 'Alert', id: notification.alert?.id },
        { __typename: 'Notification', id: notification.id },
        { __typename: 'Delivery', id: notification.deliveries[0]?.id },
        { __typename: 'LocalMail', id: localMailId },
        { __typename: 'Workspace', id: ada.workspace },
        { __typename: 'Metric', id: metricId },
      ],
    },
  );

const markRead = (principal: Principal, ids?: string[]) =>
  service.subgraph.query(
    principal,
    `mutation ($ids: [ID!]) {
      markNotificationsRead(input: { ids: $ids }) {
        user { id unreadNotificationCount } userErrors { code field }
      }
    }`,
    { ids },
  );

test('a member sees what belongs to the workspace and to them', async () => {
  const alertId = notification.alert?.id;
  expect((await askRoots(ada)).data).toEqual({
    alertRule: { id: ruleId },
    alert: { id: alertId },
    notification: { id: notification.id },
  });
  const { data, errors } = await askEntities(ada);
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual([
    { id: ruleId },
    { id: alertId },
    { id: notification.id },
    { id: notification.deliveries[0]?.id },
    { id: localMailId },
    {
      id: ada.workspace,
      alertRules: [{ id: ruleId }],
      alerts: { edges: [{ node: { id: alertId } }] },
    },
    { id: metricId, alertRules: [{ id: ruleId }] },
  ]);
});

test.for([
  ['a stranger', stranger],
  ['the same person in another workspace', adaElsewhere],
] as const)('%s finds nothing of it, over no field and no entity', async ([, principal]) => {
  expect(await askRoots(principal)).toEqual({
    data: { alertRule: null, alert: null, notification: null },
  });
  const { data, errors } = await askEntities(principal);
  expect(errors).toBeUndefined();
  expect(data._entities).toEqual([
    null,
    null,
    null,
    null,
    null,
    null,
    { id: metricId, alertRules: [] },
  ]);
});

test('a colleague sees the alert, but nothing of another member’s inbox', async () => {
  expect((await askRoots(colleague)).data).toEqual({
    alertRule: { id: ruleId },
    alert: { id: notification.alert?.id },
    notification: null,
  });
  const { data } = await askEntities(colleague);
  expect(data._entities.slice(2, 5)).toEqual([null, null, null]);
});

test.for([
  'notifications { edges { node { id } } }',
  'unreadNotificationCount',
  'localMails { id }',
])('another person’s %s is refused', async (field) => {
  const { data, errors } = await service.subgraph.query(
    colleague,
    `query ($representations: [_Any!]!) {
        _entities(representations: $representations) { ... on User { id ${field} } }
      }`,
    { representations: [{ __typename: 'User', id: ada.subject }] },
  );
  expect(data._entities).toEqual([null]);
  expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['FORBIDDEN']);
});

test('another workspace’s token opens another inbox of the same person', async () => {
  expect(await readInbox(service, adaElsewhere)).toEqual({
    unreadNotificationCount: 0,
    notifications: [],
    localMails: [],
  });
});

test('nobody marks another person’s notification as read', async () => {
  for (const principal of [stranger, colleague, adaElsewhere]) {
    const { data } = await markRead(principal, [notification.id]);
    expect(data.markNotificationsRead).toEqual({
      user: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'ids'] }],
    });
    expect((await markRead(principal)).data.markNotificationsRead.userErrors).toEqual([]);
  }
  expect((await readInbox(service, ada)).notifications[0]?.readAt).toBeNull();
});

test('a rule on another workspace’s metric never sees its values', async () => {
  await service.join(stranger);
  await createRule(service, stranger, { metricId });
  const witness = person();
  const witnessMetric = randomUUID();
  await service.join(witness);
  await createRule(service, witness, { metricId: witnessMetric });

  await service.report({ workspace: ada.workspace, metricId, value: 21 });
  await service.report({ workspace: witness.workspace, metricId: witnessMetric, value: 21 });

  await vi.waitFor(
    async () => expect((await readInbox(service, witness)).notifications).toHaveLength(1),
    patience,
  );
  expect((await readInbox(service, stranger)).notifications).toEqual([]);
});

test('alerts and rules take the scope that the schema names', async () => {
  const reader = person({ workspace: ada.workspace, scopes: ['read:alerts'] });
  const guest = person({ workspace: ada.workspace, scopes: [] });
  const { errors } = await askRoots(guest);
  expect(errors?.map(({ extensions, path }) => [path?.[0], extensions.code])).toEqual([
    ['alertRule', 'FORBIDDEN'],
    ['alert', 'FORBIDDEN'],
  ]);
  await expect(createRule(service, reader, { metricId })).rejects.toThrow('FORBIDDEN');
});

test('who is not signed in is told to sign in', async () => {
  const { data, errors } = await askRoots({ kind: 'anonymous' });
  expect(data).toEqual({ alertRule: null, alert: null, notification: null });
  const codes = errors?.map(({ extensions }) => extensions.code);
  expect(codes).toEqual(['UNAUTHENTICATED', 'UNAUTHENTICATED', 'UNAUTHENTICATED']);
});

test('an id that is none is answered like one that does not exist', async () => {
  const document =
    '{ alertRule(id: "x") { id } alert(id: "x") { id } notification(id: "x") { id } }';
  expect(await service.subgraph.query(ada, document)).toEqual({
    data: { alertRule: null, alert: null, notification: null },
  });
});
