import type { Pool } from 'pg';
import { type ClaimedMail, claimMails, settleMail } from '../stores/delivery-queue-store.ts';
import { composeMail } from './compose-mail.ts';
import type { MailQueue } from './send-mails.ts';

/** Deliveries of notifications by mail. */
export function createDeliveryQueue(options: {
  pool: Pool;
  publicUrl: string;
}): MailQueue<ClaimedMail> {
  const { pool, publicUrl } = options;
  return {
    claim: (limits) => claimMails(pool, limits),
    compose: (claimed) => composeMail(claimed, publicUrl),
    settle: (claimed, outcome) => settleMail(pool, claimed, outcome),
  };
}
