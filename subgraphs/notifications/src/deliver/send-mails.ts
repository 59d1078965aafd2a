/**
 * Sends due mails, at least once: a process that dies between sending and noting it leaves a lease
 * that runs out, and the mail goes again under the same Message-ID. No transaction is open meanwhile.
 */
import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import type { Pool } from 'pg';
import type { Counters } from '../counters.ts';
import {
  type ClaimedMail,
  claimMails,
  type MailOutcome,
  settleMail,
} from '../stores/delivery-queue-store.ts';
import { composeMail } from './compose-mail.ts';
import type { Mailer } from './mail.ts';
import { toMailFailure } from './mail-failure.ts';
import { maximumAttempts, retryDelay } from './retry-delay.ts';

export interface SendMailsOptions {
  pool: Pool;
  mailer: Mailer;
  publicUrl: string;
  logger: Logger;
  counters: Counters;
  /** Mails sent at the same time. */
  concurrency: number;
  intervalMilliseconds: number;
  retryMilliseconds: number;
  leaseMilliseconds: number;
}

export function startSendingMails(options: SendMailsOptions): Loop {
  const { pool, mailer, publicUrl, logger, counters, concurrency } = options;

  async function send(claimed: ClaimedMail): Promise<void> {
    const outcome = await attempt(claimed);
    await settleMail(pool, claimed, outcome);
    counters.deliveries.inc({ channel: 'EMAIL', outcome: outcome.kind.toLowerCase() });
  }

  async function attempt(claimed: ClaimedMail): Promise<MailOutcome> {
    try {
      await mailer.send(composeMail(claimed, publicUrl));
      return { kind: 'DELIVERED', at: new Date() };
    } catch (error) {
      const { deliveryId, attempts } = claimed;
      logger.warn({ err: error, deliveryId, attempts }, 'could not send a mail');
      return toOutcome(error, attempts);
    }
  }

  function toOutcome(error: unknown, attempts: number): MailOutcome {
    const { isPermanent, reason } = toMailFailure(error);
    if (isPermanent || attempts >= maximumAttempts) return { kind: 'DEAD', error: reason };
    const pause = retryDelay(attempts, options.retryMilliseconds, Math.random());
    return { kind: 'RETRY', at: new Date(Date.now() + pause), error: reason };
  }

  return startLoop({
    pauseMilliseconds: options.intervalMilliseconds,
    onError: (error) => logger.warn({ err: error }, 'could not look for mails; trying again'),
    async run() {
      const now = new Date();
      const leaseEnd = new Date(now.getTime() + options.leaseMilliseconds);
      const claimed = await claimMails(pool, { now, leaseEnd, limit: concurrency });
      await Promise.all(claimed.map(send));
      return claimed.length === concurrency;
    },
  });
}
