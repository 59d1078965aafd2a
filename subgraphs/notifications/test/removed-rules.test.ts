import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createRule, deleteRule, readInbox, readRules } from './documents.ts';
import {
  type NotificationsService,
  patience,
  startNotifications,
} from './notifications-service.ts';

let service: NotificationsService;
beforeAll(async () => {
  service = await startNotifications();
});
afterAll(() => service[Symbol.asyncDispose]());

const notFound = { deletedId: null, userErrors: [{ code: 'NOT_FOUND', field: ['input', 'id'] }] };

/** Somebody who was told of a rule that fires. */
async function startFiring() {
  const ada = person();
  const metricId = randomUUID();
  await service.join(ada);
  const ruleId = await createRule(service, ada, { metricId });
  await service.report({ workspace: ada.workspace, metricId, value: 20 });
  await vi.waitFor(
    async () => expect((await readInbox(service, ada)).notifications).toHaveLength(1),
    patience,
  );
  return { ada, metricId, ruleId };
}

test('a deleted rule takes its alerts along, and leaves people what they were told', async () => {
  const { ada, metricId, ruleId } = await startFiring();
  expect(await deleteRule(service, person(), ruleId)).toEqual(notFound);
  expect((await readRules(service, ada)).alertRules).toHaveLength(1);

  expect(await deleteRule(service, ada, ruleId)).toEqual({ deletedId: ruleId, userErrors: [] });
  expect(await readRules(service, ada)).toEqual({ alertRules: [], alerts: { edges: [] } });
  const { notifications } = await readInbox(service, ada);
  expect(notifications).toMatchObject([{ title: 'Average delay is above 15 min', alert: null }]);
  expect(notifications[0]?.deliveries).toHaveLength(2);
  expect(await deleteRule(service, ada, ruleId)).toEqual(notFound);

  // A second rule shows that the metric is still heard of; of the deleted one nobody is told.
  const other = await createRule(service, ada, { metricId, name: 'Other' });
  await service.report({ workspace: ada.workspace, metricId, value: 21 });
  await vi.waitFor(async () => {
    const told = (await readInbox(service, ada)).notifications;
    expect(told.map(({ alert }) => alert?.rule.id)).toEqual([other, undefined]);
  }, patience);
});

test('the rules of a deleted metric go with it, so that its silence alarms nobody', async () => {
  const { ada, metricId, ruleId } = await startFiring();
  const elsewhere = person();
  await createRule(service, elsewhere, { metricId, name: 'Of another workspace' });
  const kept = await createRule(service, ada, { metricId: randomUUID(), name: 'Another metric' });

  const { workspace } = ada;
  await service.report({ workspace, metricId, value: 0, data: { minutes: [], isRemoved: true } });
  await vi.waitFor(async () => {
    const { alertRules, alerts } = await readRules(service, ada);
    expect(alertRules.map(({ id }: { id: string }) => id)).toEqual([kept]);
    expect(alerts.edges).toEqual([]);
  }, patience);
  expect((await readRules(service, elsewhere)).alertRules).toHaveLength(1);
  expect((await readInbox(service, ada)).notifications).toMatchObject([{ alert: null }]);
  expect(await deleteRule(service, ada, ruleId)).toEqual(notFound);
  const { rowCount } = await service.database.pool.query(
    'SELECT FROM metric_minute WHERE metric_id = $1',
    [metricId],
  );
  expect(rowCount).toBe(0);
});

test('a rule that nobody made says so and is not deleted: it would be there again', async () => {
  const ada = person();
  const rule = {
    id: randomUUID(),
    name: 'Share of failing records',
    operator: 'ABOVE' as const,
    threshold: 0.05,
    windowMinutes: 5,
    severity: 'WARNING' as const,
  };
  const { workspace } = ada;
  await service.report({ workspace, metricId: randomUUID(), value: 0, data: { rule } });
  const standing = [{ id: rule.id, name: rule.name, isStanding: true, metric: null }];
  await vi.waitFor(
    async () => expect((await readRules(service, ada)).alertRules).toEqual(standing),
    patience,
  );
  expect(await deleteRule(service, ada, rule.id)).toEqual({
    deletedId: null,
    userErrors: [{ code: 'INVALID_INPUT', field: ['input', 'id'] }],
  });
});
