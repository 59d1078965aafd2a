import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRule, readInbox } from './documents.ts';
import {
  type NotificationsService,
  patience,
  startNotifications,
  thisMinute,
} from './notifications-service.ts';
import { startSmtpPeer } from './smtp-peer.ts';

let service: NotificationsService;
beforeAll(async () => {
  service = await startNotifications();
});
afterAll(() => service?.[Symbol.asyncDispose]());

test('an alert reaches a member’s inbox, live channel and mailbox exactly once', async () => {
  await using smtp = await startSmtpPeer();
  await using service = await startNotifications({ SMTP_URL: smtp.url });
  const ada = person();
  const metricId = randomUUID();
  await service.join(ada, { email: 'ada@example.com' });
  const ruleId = await createRule(service, ada, { metricId });
  const messages = await service.listen(ada);

  const report = { workspace: ada.workspace, metricId, value: 17.25 };
  await service.report(report);
  await service.report(report);
  await service.report({ ...report, value: 18 });
  // A metric's updates are taken in order, so the first two were taken before this one.
  await vi.waitFor(async () => {
    const { rows } = await service.database.pool.query('SELECT sum FROM metric_minute');
    expect(rows.map(({ sum }) => sum)).toContain(18);
  }, patience);

  await vi.waitFor(async () => {
    const [notification] = (await readInbox(service, ada)).notifications;
    expect(notification?.deliveries.map(({ status }) => status)).toEqual([
      'DELIVERED',
      'DELIVERED',
    ]);
  }, patience);
  const { notifications, unreadNotificationCount, localMails } = await readInbox(service, ada);
  expect(notifications).toHaveLength(1);
  expect(notifications[0]).toMatchObject({
    title: 'Average delay is above 15 min',
    severity: 'WARNING',
    alert: { state: 'FIRING', value: 17.25, rule: { id: ruleId } },
  });
  expect(notifications[0]?.body).toMatch(
    /^The average over the last 5 minutes is 17\.25 min\. It has been above 15 min since \d\d:\d\d UTC on /,
  );
  expect(unreadNotificationCount).toBe(1);
  expect(localMails).toEqual([]);
  expect(messages).toHaveLength(1);
  expect(messages[0]).toMatchObject({
    id: notifications[0]?.id,
    title: 'Average delay is above 15 min',
    alert: { id: notifications[0]?.alert?.id },
    readAt: null,
  });
  expect(smtp.mails.map(({ to }) => to)).toEqual([['ada@example.com']]);
  expect(smtp.mails[0]?.raw).toContain('Subject: Warning: Average delay is above 15 min');
});

test('every member of the workspace is told, and nobody of another workspace', async () => {
  const ada = person();
  const grace = person({ workspace: ada.workspace });
  const mallory = person();
  const metricId = randomUUID();
  for (const member of [ada, grace, mallory]) await service.join(member);
  await createRule(service, ada, { metricId });
  await createRule(service, mallory, { metricId });

  await service.report({ workspace: ada.workspace, metricId, value: 20 });

  await vi.waitFor(async () => {
    expect((await readInbox(service, ada)).notifications).toHaveLength(1);
    expect((await readInbox(service, grace)).notifications).toHaveLength(1);
  }, patience);
  expect((await readInbox(service, mallory)).notifications).toEqual([]);
});

test('an alert with a hold time is pending first and fires without another event', async () => {
  const ada = person();
  const metricId = randomUUID();
  await service.join(ada);
  const id = await createRule(service, ada, { metricId, holdSeconds: 2 });
  const readState = async () => {
    const document =
      '($id: ID!) { alertRule(id: $id) { activeAlert { state startedAt firedAt } } }';
    const { data } = await service.subgraph.query(ada, `query ${document}`, { id });
    return data.alertRule.activeAlert;
  };

  await service.report({ workspace: ada.workspace, metricId, value: 20 });

  await vi.waitFor(
    async () => expect(await readState()).toMatchObject({ state: 'PENDING' }),
    patience,
  );
  expect((await readInbox(service, ada)).notifications).toEqual([]);
  await vi.waitFor(
    async () => expect(await readState()).toMatchObject({ state: 'FIRING' }),
    patience,
  );
  const { startedAt, firedAt } = await readState();
  expect(Date.parse(firedAt) - Date.parse(startedAt)).toBeGreaterThanOrEqual(2_000);
  expect((await readInbox(service, ada)).notifications).toHaveLength(1);
});

test('a pending alert that stops holding goes without a word', async () => {
  const ada = person();
  const metricId = randomUUID();
  await service.join(ada);
  const ruleId = await createRule(service, ada, { metricId, holdSeconds: 3_600 });
  const countAlerts = async () =>
    (await service.database.pool.query('SELECT FROM alert WHERE rule_id = $1', [ruleId])).rows
      .length;

  await service.report({ workspace: ada.workspace, metricId, value: 20 });
  await vi.waitFor(async () => expect(await countAlerts()).toBe(1), patience);
  await service.report({ workspace: ada.workspace, metricId, value: 10 });
  await vi.waitFor(async () => expect(await countAlerts()).toBe(0), patience);

  expect((await readInbox(service, ada)).notifications).toEqual([]);
});

test('people are told when the value is back, and how long the alert lasted', async () => {
  const ada = person();
  const metricId = randomUUID();
  await service.join(ada);
  await createRule(service, ada, { metricId });

  await service.report({ workspace: ada.workspace, metricId, value: 20 });
  await vi.waitFor(
    async () => expect((await readInbox(service, ada)).notifications).toHaveLength(1),
    patience,
  );
  await service.report({ workspace: ada.workspace, metricId, value: 12 });

  await vi.waitFor(
    async () => expect((await readInbox(service, ada)).notifications).toHaveLength(2),
    patience,
  );
  const [notification] = (await readInbox(service, ada)).notifications;
  expect(notification).toMatchObject({
    title: 'Average delay is no longer above 15 min',
    severity: 'INFO',
    alert: { state: 'RESOLVED', value: 12 },
  });
  expect(notification?.body).toMatch(
    /^The average over the last 5 minutes is 12 min\. The alert lasted .+, from \d\d:\d\d UTC on /,
  );
});

test('an alert whose events fell out of the window is resolved by time alone', async () => {
  const ada = person();
  const metricId = randomUUID();
  await service.join(ada);
  await createRule(service, ada, { metricId });
  await service.report({ workspace: ada.workspace, metricId, value: 20 });
  await vi.waitFor(
    async () => expect((await readInbox(service, ada)).notifications).toHaveLength(1),
    patience,
  );

  service.subgraph.kill('SIGKILL');
  await service.database.pool.query(
    `UPDATE metric_minute SET bucket = bucket - interval '1 hour' WHERE metric_id = $1`,
    [metricId],
  );
  await service.subgraph.restart();

  await vi.waitFor(
    async () => expect((await readInbox(service, ada)).notifications).toHaveLength(2),
    patience,
  );
  expect((await readInbox(service, ada)).notifications[0]?.body).toContain(
    'There were no events in the last 5 minutes.',
  );
});

test('events outside the window, and those of yesterday, raise no alert', async () => {
  const ada = person();
  const [late, ancient, current] = [randomUUID(), randomUUID(), randomUUID()];
  const minutesAgo = (count: number) => new Date(thisMinute().getTime() - count * 60_000);
  await service.join(ada);
  for (const metricId of [late, ancient, current]) await createRule(service, ada, { metricId });

  const { workspace } = ada;
  await service.report(
    { workspace, metricId: late, value: 99, bucket: minutesAgo(5) },
    { workspace, metricId: ancient, value: 99, bucket: minutesAgo(26 * 60) },
  );
  await service.report({ workspace, metricId: current, value: 99, bucket: minutesAgo(3) });

  await vi.waitFor(
    async () => expect((await readInbox(service, ada)).notifications).toHaveLength(1),
    patience,
  );
  const { rows } = await service.database.pool.query(
    'SELECT metric_id FROM metric_minute WHERE metric_id = ANY($1) ORDER BY bucket',
    [[late, ancient, current]],
  );
  expect(rows.map((row) => row.metric_id)).toEqual([late, current]);
});
