/** Alerts, and for everybody in their workspaces notifications, deliveries and outbox messages. */
import { enqueue } from '@tributary/outbox';
import type { PoolClient } from 'pg';
import { v7 as createId } from 'uuid';
import { toInAppMessage } from '../deliver/in-app-message.ts';
import { type ActiveAlert, removeAlerts, saveAlerts } from '../stores/alert-writes-store.ts';
import { insertNotifications, type NewNotification } from '../stores/notice-store.ts';
import { readRecipientIds } from '../stores/recipient-store.ts';
import type { Decision } from './decide.ts';
import { composeNotice } from './notice.ts';

/** Writes every effect of the decisions; the number of statements does not depend on how many there are. */
export async function writeDecisions(
  client: PoolClient,
  decisions: readonly Decision[],
  now: Date,
): Promise<void> {
  if (decisions.length === 0) return;
  const identified = decisions.map((decision) => ({
    ...decision,
    alertId: decision.rule.alertId ?? createId(),
  }));
  await saveAlerts(client, identified.flatMap(toAlert));
  await removeAlerts(
    client,
    identified.filter(({ effects }) => effects.includes('REMOVE')).map(({ alertId }) => alertId),
  );
  const recipients = await readRecipientIds(client, workspacesToTell(identified));
  const notifications = identified.flatMap((decision) =>
    toNotifications(decision, recipients.get(decision.rule.workspaceId) ?? [], now),
  );
  await insertNotifications(client, notifications);
  await enqueue(client, notifications.map(toInAppMessage));
}

type Identified = Decision & { alertId: string };

function toAlert({ alertId, rule, state, effects }: Identified): ActiveAlert[] {
  if (!effects.includes('SAVE') || state.status === 'NONE') return [];
  return [
    {
      id: alertId,
      workspaceId: rule.workspaceId,
      ruleId: rule.ruleId,
      state: state.status,
      value: state.value,
      startedAt: state.startedAt,
      firedAt: state.status === 'PENDING' ? null : state.firedAt,
      resolvedAt: state.status === 'RESOLVED' ? state.resolvedAt : null,
    },
  ];
}

function workspacesToTell(decisions: readonly Identified[]): string[] {
  const told = decisions.filter((decision) => composeNotice(decision) !== undefined);
  return [...new Set(told.map(({ rule }) => rule.workspaceId))];
}

function toNotifications(
  decision: Identified,
  userIds: readonly string[],
  createdAt: Date,
): NewNotification[] {
  const notice = composeNotice(decision);
  if (!notice) return [];
  const { alertId, rule } = decision;
  return userIds.map((userId) => ({
    id: createId(),
    workspaceId: rule.workspaceId,
    userId,
    alertId,
    ...notice,
    createdAt,
    inAppDeliveryId: createId(),
    emailDeliveryId: createId(),
  }));
}
