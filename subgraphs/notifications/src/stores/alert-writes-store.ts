import type { ClientBase } from 'pg';
import type { StandingRule } from '../alerts/standing-rules.ts';

export interface ActiveAlert {
  id: string;
  workspaceId: string;
  ruleId: string;
  state: 'PENDING' | 'FIRING' | 'RESOLVED';
  value: number;
  startedAt: Date;
  firedAt: Date | null;
  resolvedAt: Date | null;
}

/** Writes alerts as they stand now. @throws a unique violation when a rule has another active one. */
export async function saveAlerts(client: ClientBase, alerts: readonly ActiveAlert[]) {
  if (alerts.length === 0) return;
  await client.query(
    `INSERT INTO alert (id, workspace_id, rule_id, active_rule_id, state, value,
                        started_at, fired_at, resolved_at)
     SELECT id, workspace_id, rule_id, CASE WHEN state = 'RESOLVED' THEN NULL ELSE rule_id END,
            state, value, started_at, fired_at, resolved_at
     FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::alert_state[], $5::float8[],
                 $6::timestamptz[], $7::timestamptz[], $8::timestamptz[])
       AS given(id, workspace_id, rule_id, state, value, started_at, fired_at, resolved_at)
     ON CONFLICT (id) DO UPDATE
       SET active_rule_id = excluded.active_rule_id, state = excluded.state,
           value = excluded.value, fired_at = excluded.fired_at, resolved_at = excluded.resolved_at`,
    [
      alerts.map((alert) => alert.id),
      alerts.map((alert) => alert.workspaceId),
      alerts.map((alert) => alert.ruleId),
      alerts.map((alert) => alert.state),
      alerts.map((alert) => alert.value),
      alerts.map((alert) => alert.startedAt),
      alerts.map((alert) => alert.firedAt),
      alerts.map((alert) => alert.resolvedAt),
    ],
  );
}

/** Deletes alerts that nobody was told of. */
export async function removeAlerts(client: ClientBase, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await client.query(`DELETE FROM alert WHERE id = ANY($1::uuid[]) AND state = 'PENDING'`, [ids]);
}

/** Sets up rules that are not there yet; those that are stay as people have made them. */
export async function addStandingRules(
  client: ClientBase,
  rules: readonly StandingRule[],
): Promise<void> {
  if (rules.length === 0) return;
  await client.query(
    `INSERT INTO alert_rule (id, workspace_id, name, metric_id, operator, threshold, window_minutes,
                             hold_seconds, severity, is_standing)
     SELECT id, workspace_id, name, metric_id, operator, threshold, window_minutes, 0, severity, true
     FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::threshold_operator[], $6::float8[],
                 $7::int[], $8::severity[])
       AS standing(id, workspace_id, name, metric_id, operator, threshold, window_minutes, severity)
     ON CONFLICT (id) DO NOTHING`,
    [
      rules.map((rule) => rule.id),
      rules.map((rule) => rule.workspaceId),
      rules.map((rule) => rule.name),
      rules.map((rule) => rule.metricId),
      rules.map((rule) => rule.operator),
      rules.map((rule) => rule.threshold),
      rules.map((rule) => rule.windowMinutes),
      rules.map((rule) => rule.severity),
    ],
  );
}
