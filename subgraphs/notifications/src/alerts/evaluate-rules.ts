/**
 * Locked rules → what their alerts do next, written with its notices in the caller's transaction.
 * Who holds the locks reads the newest state, so two processes never take the same step twice;
 * `alert.active_rule_id` is unique besides.
 */
import type { PoolClient } from 'pg';
import type { Counters } from '../counters.ts';
import { readEvaluations } from '../stores/evaluation-store.ts';
import { type Decision, decide } from './decide.ts';
import { writeDecisions } from './write-decisions.ts';

/** Decides on rules whose rows the caller has locked, and answers the decisions that changed something. */
export async function evaluateLockedRules(
  client: PoolClient,
  ruleIds: readonly string[],
  now: Date,
): Promise<Decision[]> {
  if (ruleIds.length === 0) return [];
  const rules = await readEvaluations(client, ruleIds, now);
  const decisions = rules.map((rule) => decide(rule, now)).filter(changesSomething);
  await writeDecisions(client, decisions, now);
  return decisions;
}

export function changesSomething({ effects }: Decision): boolean {
  return effects.length > 0;
}

/** Counts decisions once they are committed. */
export function countDecisions(counters: Counters, decisions: readonly Decision[]): void {
  for (const { effects, rule } of decisions) {
    if (effects.includes('TELL_FIRING')) counters.alertsFired.inc({ severity: rule.severity });
    if (effects.includes('TELL_RESOLVED')) counters.alertsResolved.inc();
  }
}
