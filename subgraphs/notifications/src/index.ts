/** Wiring only: environment → clients → stores → consumers and workers → GraphQL → listen. */
import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { createDatabasePool, createRedis, createService, mountSubgraph } from '@tributary/chassis';
import { createEventLog } from '@tributary/event-log';
import { PrismaClient } from '@tributary/prisma/notifications';
import { createPublisher } from '@tributary/pubsub';
import { startEvaluatingByTime } from './alerts/evaluate-by-time.ts';
import { startTakingMetricUpdates } from './alerts/take-metric-updates.ts';
import { createContextFactory } from './context.ts';
import { createCounters } from './counters.ts';
import { createAccountMailQueue, startTakingAccountMails } from './deliver/account-mails.ts';
import { startDeliveringInApp } from './deliver/deliver-in-app.ts';
import { createDeliveryQueue } from './deliver/delivery-queue.ts';
import { createLocalMailer } from './deliver/local-mailer.ts';
import { startSendingMails } from './deliver/send-mails.ts';
import { createSmtpMailer } from './deliver/smtp-mailer.ts';
import { readEnvironment } from './environment.ts';
import { createLogConsumers } from './log-consumer.ts';
import { startTakingMembers } from './recipients/take-members.ts';
import { resolvers } from './resolvers/index.ts';
import { createAlertRuleStore } from './stores/alert-rule-store.ts';
import { createAlertStore } from './stores/alert-store.ts';
import { createDeliveryStore } from './stores/delivery-store.ts';
import { createLocalMailStore } from './stores/local-mail-store.ts';
import { createNotificationStore } from './stores/notification-store.ts';

const environment = readEnvironment();
const service = createService({ name: 'notifications', environment });
const { logger, shutdown } = service;
const counters = createCounters(service.metrics);
const pool = createDatabasePool({ service, url: environment.DATABASE_URL });
const redis = createRedis({ service, url: environment.REDIS_URL });
const log = await createEventLog({ url: environment.EVENT_LOG_URL });
const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });

const stores = {
  alertRules: createAlertRuleStore({ prisma }),
  alerts: createAlertStore({ prisma }),
  notifications: createNotificationStore({ prisma }),
  deliveries: createDeliveryStore({ prisma }),
  localMails: createLocalMailStore({ prisma }),
};

const mailConnections = 5;
const mailer = createMailer();
const sending = {
  mailer,
  logger,
  counters,
  concurrency: mailConnections,
  intervalMilliseconds: environment.MAIL_INTERVAL_MILLISECONDS,
  retryMilliseconds: environment.MAIL_RETRY_MILLISECONDS,
  leaseMilliseconds: environment.MAIL_LEASE_MILLISECONDS,
};
const mails = startSendingMails({
  ...sending,
  queue: createDeliveryQueue({ pool, publicUrl: environment.PUBLIC_URL }),
});
shutdown.add('mails', mails.stop);
const accountMails = startSendingMails({ ...sending, queue: createAccountMailQueue({ pool }) });
shutdown.add('account mails', accountMails.stop);

const publisher = createPublisher({ redis });
const inApp = startDeliveringInApp({ pool, publisher, logger, counters });
shutdown.add('in-app', inApp.stop);

const onNotices = () => {
  inApp.wake();
  mails.wake();
};
const startLogConsumer = createLogConsumers({ log, pool, logger, counters });
startTakingMembers(startLogConsumer);
startTakingAccountMails(startLogConsumer, { onMails: accountMails.wake });
startTakingMetricUpdates({ startLogConsumer, counters, onNotices });
shutdown.add('event log', log.close);
const evaluation = startEvaluatingByTime({
  pool,
  logger,
  counters,
  intervalMilliseconds: environment.EVALUATION_INTERVAL_MILLISECONDS,
  onNotices,
});
shutdown.add('evaluation', evaluation.stop);

await mountSubgraph({
  service,
  typeDefs: readFileSync(new URL('../../../schema/notifications.graphql', import.meta.url), 'utf8'),
  resolvers,
  passportPublicKey: environment.PASSPORT_PUBLIC_KEY,
  policies: environment.POLICIES_FILE,
  createContext: createContextFactory({ stores }),
});
await service.start();

function createMailer() {
  const { SMTP_URL: url, MAIL_FROM: from } = environment;
  if (url === undefined) {
    logger.info('SMTP_URL is not set: mails are kept in the local outbox');
    return createLocalMailer({ localMails: stores.localMails });
  }
  const smtp = createSmtpMailer({ url, from, connections: mailConnections });
  shutdown.add('mail server', async () => smtp.close());
  return smtp;
}
