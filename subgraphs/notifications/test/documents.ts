import type { UserPrincipal } from '@tributary/chassis';
import type { NotificationsService } from './notifications-service.ts';

const createAlertRule = `mutation ($input: CreateAlertRuleInput!) {
  createAlertRule(input: $input) { alertRule { id } userErrors { code message field } }
}`;

/** A rule that fires at once when the metric's average of five minutes is above 15, unless said otherwise. */
export async function createRule(
  { subgraph }: NotificationsService,
  principal: UserPrincipal,
  input: { metricId: string; name?: string; holdSeconds?: number; threshold?: number },
): Promise<string> {
  const { data, errors } = await subgraph.query(principal, createAlertRule, {
    input: { name: 'Average delay', operator: 'ABOVE', threshold: 15, ...input },
  });
  if (!data?.createAlertRule.alertRule) throw new Error(JSON.stringify({ data, errors }));
  return data.createAlertRule.alertRule.id;
}

const inbox = `query ($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on User {
      unreadNotificationCount
      notifications {
        edges { node {
          id title body severity createdAt readAt
          alert { id state value firedAt resolvedAt rule { id } }
          deliveries { id channel status attempts lastError deliveredAt }
        } }
      }
      localMails { id to subject text }
    }
  }
}`;

export interface Inbox {
  unreadNotificationCount: number;
  notifications: InboxNotification[];
  localMails: { id: string; to: string; subject: string; text: string }[];
}

export interface InboxNotification {
  id: string;
  title: string;
  body: string;
  severity: string;
  readAt: string | null;
  alert: { id: string; state: string; value: number; rule: { id: string } } | null;
  deliveries: {
    id: string;
    channel: string;
    status: string;
    attempts: number;
    lastError: string | null;
  }[];
}

export async function deleteRule(
  { subgraph }: NotificationsService,
  principal: UserPrincipal,
  id: string,
): Promise<{ deletedId: string | null; userErrors: { code: string; field: string[] }[] }> {
  const { data } = await subgraph.query(
    principal,
    `mutation ($id: ID!) {
      deleteAlertRule(input: { id: $id }) { deletedId userErrors { code field } }
    }`,
    { id },
  );
  return data.deleteAlertRule;
}

/** The names of a workspace's rules, and the rules of its alerts. */
export async function readRules({ subgraph }: NotificationsService, principal: UserPrincipal) {
  const { data } = await subgraph.query(
    principal,
    `query ($representations: [_Any!]!) {
      _entities(representations: $representations) {
        ... on Workspace {
          alertRules { id name isStanding metric { id } }
          alerts { edges { node { state rule { id } } } }
        }
      }
    }`,
    { representations: [{ __typename: 'Workspace', id: principal.workspace }] },
  );
  return data._entities[0];
}

/** A person's inbox as they see it. */
export async function readInbox(
  { subgraph }: NotificationsService,
  principal: UserPrincipal,
): Promise<Inbox> {
  const { data, errors } = await subgraph.query(principal, inbox, {
    representations: [{ __typename: 'User', id: principal.subject }],
  });
  if (errors) throw new Error(JSON.stringify(errors));
  const [user] = data._entities;
  const nodes = user.notifications.edges.map((edge: { node: InboxNotification }) => edge.node);
  return { ...user, notifications: nodes };
}

/** The e-mail delivery of a person's only notification. */
export async function readMailDelivery(service: NotificationsService, principal: UserPrincipal) {
  const { notifications } = await readInbox(service, principal);
  return notifications[0]?.deliveries.find(({ channel }) => channel === 'EMAIL');
}
