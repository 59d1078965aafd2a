/** Mails about accounts as work to be done. A row holds a secret link, so it goes when its mail has gone. */
import type { MailRequested } from '@tributary/events';
import type { ClientBase, Pool } from 'pg';
import type { MailOutcome } from './delivery-queue-store.ts';

/** A mail that one process may send until its lease is over. */
export interface ClaimedAccountMail {
  /** The id of the event that asked for it. */
  deliveryId: string;
  /** Attempts begun, this one included. */
  attempts: number;
  workspaceId: string;
  userId: string | null;
  to: string;
  name: string;
  subject: string;
  paragraphs: string[];
  linkLabel: string | null;
  linkUrl: string | null;
}

/** Asked for twice, a mail waits once. */
export async function insertAccountMails(
  client: ClientBase,
  records: readonly MailRequested[],
): Promise<void> {
  for (const { id, workspace, data } of records) {
    await client.query(
      `INSERT INTO account_mail (id, workspace_id, user_id, "to", name, subject, paragraphs,
                                 link_label, link_url, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`,
      [
        id,
        workspace,
        data.userId,
        data.to,
        data.name,
        data.subject,
        data.paragraphs,
        data.link?.label ?? null,
        data.link?.url ?? null,
        data.expiresAt,
      ],
    );
  }
}

/** Takes mails that are due, the longest waiting first; those that came too late are dropped. */
export async function claimAccountMails(
  pool: Pool,
  options: { now: Date; leaseEnd: Date; limit: number },
): Promise<ClaimedAccountMail[]> {
  await pool.query('DELETE FROM account_mail WHERE next_attempt_at <= $1 AND expires_at <= $1', [
    options.now,
  ]);
  const { rows } = await pool.query<ClaimedAccountMail>(
    `WITH due AS (
       SELECT id FROM account_mail
       WHERE next_attempt_at <= $1 AND (expires_at IS NULL OR expires_at > $1)
       ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED
     )
     UPDATE account_mail SET attempts = attempts + 1, next_attempt_at = $2
     FROM due WHERE account_mail.id = due.id
     RETURNING account_mail.id AS "deliveryId", attempts, workspace_id AS "workspaceId",
               user_id AS "userId", "to", name, subject, paragraphs,
               link_label AS "linkLabel", link_url AS "linkUrl"`,
    [options.now, options.leaseEnd, options.limit],
  );
  return rows;
}

/** A mail that went, or never will, is forgotten; another one waits for its next attempt. */
export async function settleAccountMail(
  pool: Pool,
  { deliveryId, attempts }: { deliveryId: string; attempts: number },
  outcome: MailOutcome,
): Promise<void> {
  if (outcome.kind === 'RETRY') {
    await pool.query(
      'UPDATE account_mail SET next_attempt_at = $3 WHERE id = $1 AND attempts = $2',
      [deliveryId, attempts, outcome.at],
    );
    return;
  }
  await pool.query('DELETE FROM account_mail WHERE id = $1 AND attempts = $2', [
    deliveryId,
    attempts,
  ]);
}
