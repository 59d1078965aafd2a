import type { ClientBase } from 'pg';

/** A notification to be written with one delivery per channel. */
export interface NewNotification {
  id: string;
  workspaceId: string;
  userId: string;
  alertId: string;
  title: string;
  body: string;
  severity: 'INFO' | 'WARNING' | 'CRITICAL';
  createdAt: Date;
  inAppDeliveryId: string;
  emailDeliveryId: string;
}

/** Writes notifications and their deliveries, due at once. */
export async function insertNotifications(
  client: ClientBase,
  notifications: readonly NewNotification[],
): Promise<void> {
  if (notifications.length === 0) return;
  await client.query(
    `INSERT INTO notification
       (id, workspace_id, user_id, alert_id, title, body, severity, created_at)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[],
                          $7::severity[], $8::timestamptz[])`,
    [
      notifications.map((notification) => notification.id),
      notifications.map((notification) => notification.workspaceId),
      notifications.map((notification) => notification.userId),
      notifications.map((notification) => notification.alertId),
      notifications.map((notification) => notification.title),
      notifications.map((notification) => notification.body),
      notifications.map((notification) => notification.severity),
      notifications.map((notification) => notification.createdAt),
    ],
  );
  await insertDeliveries(client, notifications);
}

async function insertDeliveries(client: ClientBase, notifications: readonly NewNotification[]) {
  const deliveries = notifications.flatMap(({ id, createdAt, ...ids }) => [
    { id: ids.inAppDeliveryId, notificationId: id, channel: 'IN_APP', dueAt: createdAt },
    { id: ids.emailDeliveryId, notificationId: id, channel: 'EMAIL', dueAt: createdAt },
  ]);
  await client.query(
    `INSERT INTO delivery (id, notification_id, channel, next_attempt_at)
     SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::delivery_channel[], $4::timestamptz[])`,
    [
      deliveries.map((delivery) => delivery.id),
      deliveries.map((delivery) => delivery.notificationId),
      deliveries.map((delivery) => delivery.channel),
      deliveries.map((delivery) => delivery.dueAt),
    ],
  );
}
