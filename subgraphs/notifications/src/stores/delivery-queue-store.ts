/** Deliveries as work to be done, over all workspaces: the workers deliver for everybody. */
import type { ClientBase, Pool } from 'pg';

/** A mail that one process may send until its lease is over. */
export interface ClaimedMail {
  deliveryId: string;
  /** Attempts begun, this one included; what settles it must name the same number. */
  attempts: number;
  workspaceId: string;
  userId: string;
  title: string;
  body: string;
  severity: 'INFO' | 'WARNING' | 'CRITICAL';
  alertId: string | null;
  /** The reader as the users service last said; empty when it never spoke of them. */
  email: string;
  name: string;
}

/** How an attempt ended. */
export type MailOutcome =
  | { kind: 'DELIVERED'; at: Date }
  | { kind: 'RETRY'; at: Date; error: string }
  | { kind: 'DEAD'; error: string };

/** Takes mails that are due, the longest waiting first, each leased until `leaseEnd`. */
export async function claimMails(
  pool: Pool,
  options: { now: Date; leaseEnd: Date; limit: number },
): Promise<ClaimedMail[]> {
  const { rows } = await pool.query<ClaimedMail>(
    `WITH due AS (
       SELECT id FROM delivery
       WHERE status = 'PENDING' AND channel = 'EMAIL' AND next_attempt_at <= $1
       ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED
     ), claimed AS (
       UPDATE delivery SET attempts = attempts + 1, next_attempt_at = $2
       FROM due WHERE delivery.id = due.id
       RETURNING delivery.id, delivery.attempts, delivery.notification_id
     )
     SELECT claimed.id AS "deliveryId", claimed.attempts,
            notification.workspace_id AS "workspaceId", notification.user_id AS "userId",
            notification.title, notification.body, notification.severity,
            notification.alert_id AS "alertId",
            coalesce(recipient.email, '') AS email, coalesce(recipient.name, '') AS name
     FROM claimed
     JOIN notification ON notification.id = claimed.notification_id
     LEFT JOIN recipient ON recipient.workspace_id = notification.workspace_id
                        AND recipient.user_id = notification.user_id`,
    [options.now, options.leaseEnd, options.limit],
  );
  return rows;
}

/** Notes how an attempt ended, unless its lease ran out and another process took the mail since. */
export async function settleMail(
  pool: Pool,
  { deliveryId, attempts }: { deliveryId: string; attempts: number },
  outcome: MailOutcome,
): Promise<void> {
  await pool.query(
    `UPDATE delivery
     SET status = $3::delivery_status,
         next_attempt_at = coalesce($4, next_attempt_at),
         last_error = coalesce($5, last_error),
         delivered_at = $6
     WHERE id = $1 AND attempts = $2 AND status = 'PENDING'`,
    [
      deliveryId,
      attempts,
      outcome.kind === 'RETRY' ? 'PENDING' : outcome.kind,
      outcome.kind === 'RETRY' ? outcome.at : null,
      outcome.kind === 'DELIVERED' ? null : outcome.error,
      outcome.kind === 'DELIVERED' ? outcome.at : null,
    ],
  );
}

/** Notes in the caller's transaction that notifications were published. */
export async function markInAppDelivered(
  client: ClientBase,
  notificationIds: readonly string[],
  at: Date,
): Promise<void> {
  if (notificationIds.length === 0) return;
  await client.query(
    `UPDATE delivery SET status = 'DELIVERED', attempts = attempts + 1, delivered_at = $2
     WHERE notification_id = ANY($1::uuid[]) AND channel = 'IN_APP' AND status = 'PENDING'`,
    [notificationIds, at],
  );
}
