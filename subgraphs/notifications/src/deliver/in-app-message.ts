import type { OutboxMessage } from '@tributary/outbox';
import { channels } from '@tributary/pubsub';
import { z } from 'zod';
import type { NewNotification } from '../stores/notice-store.ts';

const name = 'notificationReceived';

/** What the outbox keeps of a notification until it is published. */
export const inAppPayload = z.object({
  workspace: z.uuid(),
  subject: z.uuid(),
  message: channels[name].schema,
});

/** A notification as a message for its reader's channel. */
export function toInAppMessage(notification: NewNotification): OutboxMessage {
  const { id, workspaceId, userId, alertId, title, body, severity, createdAt } = notification;
  const payload: z.infer<typeof inAppPayload> = {
    workspace: workspaceId,
    subject: userId,
    message: {
      id,
      title,
      body,
      severity,
      alert: { id: alertId },
      createdAt: createdAt.toISOString(),
      readAt: null,
    },
  };
  return { name, key: userId, payload };
}
