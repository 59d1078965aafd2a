/** Mails about people's accounts: what the log asked for becomes mail, and nothing of it is kept. */
import { mailRequested } from '@tributary/events';
import type { Pool } from 'pg';
import type { StartLogConsumer } from '../log-consumer.ts';
import {
  type ClaimedAccountMail,
  claimAccountMails,
  insertAccountMails,
  settleAccountMail,
} from '../stores/account-mail-store.ts';
import { composeBody } from './compose-body.ts';
import { assertAddress } from './compose-mail.ts';
import type { Mail } from './mail.ts';
import type { MailQueue } from './send-mails.ts';
import { toSingleLine } from './single-line.ts';

export function startTakingAccountMails(
  startLogConsumer: StartLogConsumer,
  { onMails }: { onMails: () => void },
) {
  return startLogConsumer({
    event: mailRequested,
    group: 'notifications.mails',
    take: (client, records) => insertAccountMails(client, records),
    onCommitted: onMails,
  });
}

export function createAccountMailQueue({ pool }: { pool: Pool }): MailQueue<ClaimedAccountMail> {
  return {
    claim: (options) => claimAccountMails(pool, options),
    compose: composeAccountMail,
    settle: (claimed, outcome) => settleAccountMail(pool, claimed, outcome),
  };
}

/** @throws UndeliverableMail when it goes to no address. */
function composeAccountMail(claimed: ClaimedAccountMail): Mail {
  const { deliveryId, workspaceId, userId, to, paragraphs, linkLabel, linkUrl } = claimed;
  assertAddress(to);
  const name = toSingleLine(claimed.name);
  const greeting = name ? `Hello ${name},` : 'Hello,';
  const link = linkUrl === null ? null : { label: linkLabel ?? linkUrl, url: linkUrl };
  return {
    deliveryId,
    workspaceId,
    userId,
    to: { name, address: to },
    subject: toSingleLine(claimed.subject),
    ...composeBody({ paragraphs: [greeting, ...paragraphs], link }),
  };
}
