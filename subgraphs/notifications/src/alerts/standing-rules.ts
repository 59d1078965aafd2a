import type { MetricUpdated } from '@tributary/events';

export type StandingRule = NonNullable<MetricUpdated['data']['rule']> & {
  workspaceId: string;
  metricId: string;
};

/** The rules that come with metrics which nobody made by hand, each once. */
export function standingRules(updates: readonly MetricUpdated[]): StandingRule[] {
  const rules = new Map<string, StandingRule>();
  for (const { workspace: workspaceId, data } of updates) {
    const { rule, metricId } = data;
    if (rule) rules.set(rule.id, { ...rule, workspaceId, metricId });
  }
  return [...rules.values()];
}
