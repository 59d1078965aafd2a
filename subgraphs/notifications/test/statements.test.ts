import { randomUUID } from 'node:crypto';
import { person } from '@tributary/testkit';
import { expect, test, vi } from 'vitest';
import { createRule, readInbox } from './documents.ts';
import {
  type NotificationsService,
  patience,
  startNotifications,
} from './notifications-service.ts';

/** The service's own rounds count too, so the quietest of several measurements is taken. */
async function countStatements(service: NotificationsService, work: () => Promise<unknown>) {
  const read = async () => {
    const metrics = await (await fetch(`${service.subgraph.url}/metrics`)).text();
    return Number(/^sql_statements_total\S* (\d+)$/m.exec(metrics)?.[1]);
  };
  let least = Number.POSITIVE_INFINITY;
  for (let measurement = 0; measurement < 10; measurement += 1) {
    const before = await read();
    await work();
    least = Math.min(least, (await read()) - before);
  }
  return least;
}

test('the number of statements does not grow with the length of lists or of entities', async () => {
  await using service = await startNotifications({
    EVALUATION_INTERVAL_MILLISECONDS: '60000',
    MAIL_INTERVAL_MILLISECONDS: '60000',
  });
  const ada = person();
  await service.join(ada);
  const metricIds = Array.from({ length: 20 }, () => randomUUID());
  const ruleIds: string[] = [];
  for (const metricId of metricIds) ruleIds.push(await createRule(service, ada, { metricId }));
  await service.report(
    ...metricIds.map((metricId) => ({ workspace: ada.workspace, metricId, value: 20 })),
  );
  await vi.waitFor(
    async () => expect((await readInbox(service, ada)).notifications).toHaveLength(20),
    patience,
  );

  const askInbox = (first: number) => async () => {
    const { data, errors } = await service.subgraph.query(
      ada,
      `query ($representations: [_Any!]!, $first: Int) {
        _entities(representations: $representations) {
          ... on User {
            notifications(first: $first) {
              edges { node { deliveries { id } alert { rule { activeAlert { id } } } } }
            }
          }
        }
      }`,
      { representations: [{ __typename: 'User', id: ada.subject }], first },
    );
    expect(errors).toBeUndefined();
    expect(data._entities[0].notifications.edges).toHaveLength(first);
  };
  const askEntities = (count: number) => async () => {
    const { data, errors } = await service.subgraph.query(
      ada,
      `query ($representations: [_Any!]!) {
        _entities(representations: $representations) {
          ... on Metric { alertRules { id activeAlert { id } } }
          ... on AlertRule { name activeAlert { rule { id } } }
        }
      }`,
      {
        representations: [
          ...metricIds.slice(0, count).map((id) => ({ __typename: 'Metric', id })),
          ...ruleIds.slice(0, count).map((id) => ({ __typename: 'AlertRule', id })),
        ],
      },
    );
    expect(errors).toBeUndefined();
    expect(data._entities).toHaveLength(2 * count);
  };

  const inboxOfOne = await countStatements(service, askInbox(1));
  expect(inboxOfOne).toBeGreaterThan(0);
  expect(await countStatements(service, askInbox(20))).toBe(inboxOfOne);
  const entitiesOfOne = await countStatements(service, askEntities(1));
  expect(entitiesOfOne).toBeGreaterThan(0);
  expect(await countStatements(service, askEntities(20))).toBe(entitiesOfOne);
});
