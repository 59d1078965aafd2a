import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { expect, test, vi } from 'vitest';
import { createRule, readInbox } from './documents.ts';
import { patience, startNotifications } from './notifications-service.ts';
import { startSmtpPeer } from './smtp-peer.ts';

test('killed again and again, the service loses no alert and writes no notification twice', async () => {
  await using smtp = await startSmtpPeer();
  await using service = await startNotifications({
    SMTP_URL: smtp.url,
    MAIL_LEASE_MILLISECONDS: '300',
  });
  const ada = person();
  await service.join(ada);
  const metricIds = Array.from({ length: 30 }, () => randomUUID());
  const ruleIds: string[] = [];
  for (const metricId of metricIds) ruleIds.push(await createRule(service, ada, { metricId }));

  for (const round of [0, 1, 2]) {
    for (const metricId of metricIds.slice(round * 10, round * 10 + 10)) {
      await service.report({ workspace: ada.workspace, metricId, value: 20 });
    }
    service.subgraph.kill('SIGKILL');
    await service.subgraph.restart();
  }

  await vi.waitFor(async () => {
    const { rows } = await service.database.pool.query(
      `SELECT count(*)::int AS count FROM delivery WHERE status = 'DELIVERED'`,
    );
    expect(rows[0].count).toBe(60);
  }, patience);
  const { rows } = await service.database.pool.query(
    'SELECT alert.rule_id FROM notification JOIN alert ON alert.id = notification.alert_id',
  );
  expect(rows.map((row) => row.rule_id).sort()).toEqual([...ruleIds].sort());
  expect(new Set(smtp.mails.map(({ messageId }) => messageId)).size).toBe(30);
}, 60_000);

test('a mail that a server took right before a crash goes again under the same message id', async () => {
  const arrived = Promise.withResolvers<void>();
  const crashed = Promise.withResolvers<void>();
  await using smtp = await startSmtpPeer({
    onArrived() {
      arrived.resolve();
      return crashed.promise;
    },
  });
  await using service = await startNotifications({
    SMTP_URL: smtp.url,
    MAIL_LEASE_MILLISECONDS: '200',
  });
  const ada = person();
  const metricId = randomUUID();
  await service.join(ada);
  await createRule(service, ada, { metricId });

  await service.report({ workspace: ada.workspace, metricId, value: 20 });
  await arrived.promise;
  service.subgraph.kill('SIGKILL');
  crashed.resolve();
  await service.subgraph.restart();

  await vi.waitFor(() => expect(smtp.mails).toHaveLength(2), patience);
  expect(smtp.mails[1]?.messageId).toBe(smtp.mails[0]?.messageId);
  expect(smtp.mails[0]?.messageId).toMatch(/^<[0-9a-f-]{36}@tributary\.local>$/);
  expect((await readInbox(service, ada)).notifications).toHaveLength(1);
});

test('a record that was taken is not taken again after a crash', async () => {
  await using service = await startNotifications();
  const ada = person();
  const [metricId, witness] = [randomUUID(), randomUUID()];
  await service.join(ada);
  const { pool } = service.database;
  const readSum = async (id: string) =>
    (await pool.query('SELECT sum FROM metric_minute WHERE metric_id = $1', [id])).rows[0]?.sum;

  await service.report({ workspace: ada.workspace, metricId, value: 20 });
  await vi.waitFor(async () => expect(await readSum(metricId)).toBe(20), patience);
  service.subgraph.kill('SIGKILL');
  await pool.query('UPDATE metric_minute SET sum = 0');
  await service.subgraph.restart();
  await service.report({ workspace: ada.workspace, metricId: witness, value: 1 });

  await vi.waitFor(async () => expect(await readSum(witness)).toBe(1), patience);
  expect(await readSum(metricId)).toBe(0);
});
