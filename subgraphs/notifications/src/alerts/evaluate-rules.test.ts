import { randomUUID } from 'node:crypto';
import { transaction } from '@tributary/chassis';
import { createTestDatabase, type TestDatabase } from '@tributary/testkit';
import { expect, test, vi } from 'vitest';
import { lockFreeRules, lockRulesOfMetrics } from '../stores/evaluation-store.ts';
import { upsertMetricMinutes } from '../stores/metric-minute-store.ts';
import { storeRecipients } from '../stores/recipient-store.ts';
import { evaluateLockedRules } from './evaluate-rules.ts';

const now = new Date('2026-11-21T09:30:20Z');

/** A workspace with one member and one rule: the count of five minutes is above 2. */
async function prepare({ pool }: TestDatabase, buckets: Record<string, number>) {
  const [workspaceId, metricId, ruleId] = [randomUUID(), randomUUID(), randomUUID()];
  await pool.query(
    `INSERT INTO alert_rule (id, workspace_id, name, metric_id, operator, threshold,
                             window_minutes, hold_seconds, severity)
     VALUES ($1, $2, 'Arrivals', $3, 'ABOVE', 2, 5, 0, 'CRITICAL')`,
    [ruleId, workspaceId, metricId],
  );
  await transaction(pool, async (client) => {
    await storeRecipients(client, [
      { workspaceId, userId: randomUUID(), email: '', name: '', isMember: true },
    ]);
    await upsertMetricMinutes(
      client,
      Object.entries(buckets).map(([time, count]) => ({
        workspaceId,
        metricId,
        bucket: new Date(`2026-11-21T${time}:00Z`),
        aggregation: 'COUNT' as const,
        unit: '',
        percentile: null,
        sketch: null,
        count,
        sum: 0,
        min: 0,
        max: 0,
      })),
    );
  });
  return { metricId, ruleId };
}

function evaluate({ pool }: TestDatabase, metricId: string) {
  return transaction(pool, async (client) =>
    evaluateLockedRules(client, await lockRulesOfMetrics(client, [metricId]), now),
  );
}

test('the window is the minute under way and those before it, as many as the rule says', async () => {
  await using database = await createTestDatabase('notifications');
  const { metricId } = await prepare(database, {
    '09:25': 100,
    '09:26': 1,
    '09:30': 2,
    '09:31': 100,
  });
  const [decision] = await evaluate(database, metricId);
  expect(decision?.value).toBe(3);
});

test('however many evaluate a rule at the same moment, one alert and one notification come of it', async () => {
  await using database = await createTestDatabase('notifications');
  const { metricId } = await prepare(database, { '09:30': 3 });

  const { pool } = database;
  const evaluations = await transaction(pool, async (holder) => {
    await lockRulesOfMetrics(holder, [metricId]);
    const waiting = Array.from({ length: 3 }, () => evaluate(database, metricId));
    await vi.waitFor(async () => {
      const { rows } = await pool.query(
        `SELECT count(*)::int AS count FROM pg_stat_activity
         WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      expect(rows).toEqual([{ count: 3 }]);
    }, 10_000);
    return waiting;
  });
  const decisions = await Promise.all(evaluations);

  expect(decisions.flat()).toHaveLength(1);
  const { rows } = await database.pool.query(
    `SELECT (SELECT count(*)::int FROM alert) AS alerts,
            (SELECT count(*)::int FROM notification) AS notifications,
            (SELECT count(*)::int FROM delivery) AS deliveries,
            (SELECT count(*)::int FROM outbox) AS messages`,
  );
  expect(rows).toEqual([{ alerts: 1, notifications: 1, deliveries: 2, messages: 1 }]);
});

test('a rule that somebody works on is left to them by those who look for what is due', async () => {
  await using database = await createTestDatabase('notifications');
  const { metricId, ruleId } = await prepare(database, { '09:30': 3 });
  await transaction(database.pool, async (worker) => {
    await lockRulesOfMetrics(worker, [metricId]);
    const free = await transaction(database.pool, (other) => lockFreeRules(other, [ruleId]));
    expect(free).toEqual([]);
  });
  const free = await transaction(database.pool, (other) => lockFreeRules(other, [ruleId]));
  expect(free).toEqual([ruleId]);
});
