/**
 * Rules with what deciding on them takes, over all workspaces: the evaluation works for everybody.
 * A rule only ever sees minutes of its own workspace, whatever metric id it names.
 */
import type { ClientBase, Pool } from 'pg';
import type { Aggregation, WindowTotals } from '../alerts/window-value.ts';

/** A rule as it is evaluated: its window added up, and its active alert. */
export interface EvaluationRow extends WindowTotals {
  ruleId: string;
  workspaceId: string;
  name: string;
  operator: 'ABOVE' | 'BELOW';
  threshold: number;
  windowMinutes: number;
  holdSeconds: number;
  severity: 'INFO' | 'WARNING' | 'CRITICAL';
  /** Null before the metric's first minute and after its last one was pruned; so are the two below. */
  aggregation: Aggregation | null;
  percentile: number | null;
  unit: string | null;
  /** Null when no alert is active; so are the fields below, but for `firedAt` of a pending one. */
  alertId: string | null;
  alertState: 'PENDING' | 'FIRING' | null;
  alertValue: number | null;
  startedAt: Date | null;
  firedAt: Date | null;
}

const selectEvaluations = `
  SELECT rule.id AS "ruleId", rule.workspace_id AS "workspaceId", rule.name, rule.operator,
         rule.threshold, rule.window_minutes AS "windowMinutes",
         rule.hold_seconds AS "holdSeconds", rule.severity, newest.aggregation, newest.percentile, newest.unit,
         windowed.count, windowed.sum, windowed.min, windowed.max, windowed.sketches,
         active.id AS "alertId", active.state AS "alertState", active.value AS "alertValue",
         active.started_at AS "startedAt", active.fired_at AS "firedAt"
  FROM alert_rule rule
  LEFT JOIN alert active ON active.active_rule_id = rule.id
  LEFT JOIN LATERAL (
    SELECT aggregation, percentile, unit FROM metric_minute
    WHERE metric_id = rule.metric_id AND workspace_id = rule.workspace_id
    ORDER BY bucket DESC LIMIT 1
  ) newest ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(minute.count), 0)::float8 AS count, coalesce(sum(minute.sum), 0) AS sum,
           coalesce(min(minute.min), 0) AS min, coalesce(max(minute.max), 0) AS max,
           array_agg(minute.sketch) FILTER (WHERE minute.sketch IS NOT NULL) AS sketches
    FROM metric_minute minute
    WHERE minute.metric_id = rule.metric_id AND minute.workspace_id = rule.workspace_id
      AND minute.bucket > $1::timestamptz - make_interval(mins => rule.window_minutes)
      AND minute.bucket <= $1 AND minute.count > 0
  ) windowed`;

export async function readEvaluations(
  client: ClientBase,
  ruleIds: readonly string[],
  now: Date,
): Promise<EvaluationRow[]> {
  const { rows } = await client.query<EvaluationRow>(
    `${selectEvaluations} WHERE rule.id = ANY($2::uuid[]) ORDER BY rule.id`,
    [now, ruleIds],
  );
  return rows;
}

/** Rules to look at because time went on: those with a pending alert, or every one. */
export async function readEvaluationsByTime(
  pool: Pool,
  which: 'PENDING' | 'ALL',
  now: Date,
): Promise<EvaluationRow[]> {
  const { rows } = await pool.query<EvaluationRow>(
    `${selectEvaluations} WHERE $2 = 'ALL' OR active.state = 'PENDING'`,
    [now, which],
  );
  return rows;
}

/** Locks the metrics' rules, waiting for whoever works on them, and answers their ids. */
export async function lockRulesOfMetrics(
  client: ClientBase,
  metricIds: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM alert_rule WHERE metric_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
    [metricIds],
  );
  return rows.map((row) => row.id);
}

/** Locks those of the rules that nobody works on, and answers their ids. */
export async function lockFreeRules(
  client: ClientBase,
  ruleIds: readonly string[],
): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM alert_rule WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED',
    [ruleIds],
  );
  return rows.map((row) => row.id);
}
