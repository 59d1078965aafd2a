/**
 * Sends due mails, at least once: a process that dies between sending and noting it leaves a lease
 * that runs out, and the mail goes again under the same Message-ID. No transaction is open meanwhile.
 */
import { type Logger, type Loop, startLoop } from '@tributary/chassis';
import type { Counters } from '../counters.ts';
import type { MailOutcome } from '../stores/delivery-queue-store.ts';
import type { Mail, Mailer } from './mail.ts';
import { toMailFailure } from './mail-failure.ts';
import { maximumAttempts, retryDelay } from './retry-delay.ts';

/** Mails that wait to be sent, of one kind. */
export interface MailQueue<Claimed extends { deliveryId: string; attempts: number }> {
  /** Takes mails that are due, the longest waiting first, each leased until `leaseEnd`. */
  claim(options: { now: Date; leaseEnd: Date; limit: number }): Promise<Claimed[]>;
  /** @throws UndeliverableMail when there is nobody it could go to. */
  compose(claimed: Claimed): Mail;
  /** Notes how an attempt ended, unless its lease ran out and another process took the mail since. */
  settle(claimed: Claimed, outcome: MailOutcome): Promise<void>;
}

export interface SendMailsOptions<Claimed extends { deliveryId: string; attempts: number }> {
  queue: MailQueue<Claimed>;
  mailer: Mailer;
  logger: Logger;
  counters: Counters;
  /** Mails sent at the same time. */
  concurrency: number;
  intervalMilliseconds: number;
  retryMilliseconds: number;
  leaseMilliseconds: number;
}

export function startSendingMails<Claimed extends { deliveryId: string; attempts: number }>(
  options: SendMailsOptions<Claimed>,
): Loop {
  const { queue, mailer, logger, counters, concurrency } = options;

  async function send(claimed: Claimed): Promise<void> {
    const outcome = await attempt(claimed);
    await queue.settle(claimed, outcome);
    counters.deliveries.inc({ channel: 'EMAIL', outcome: outcome.kind.toLowerCase() });
  }

  async function attempt(claimed: Claimed): Promise<MailOutcome> {
    try {
      await mailer.send(queue.compose(claimed));
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
      const claimed = await queue.claim({ now, leaseEnd, limit: concurrency });
      await Promise.all(claimed.map(send));
      return claimed.length === concurrency;
    },
  });
}
