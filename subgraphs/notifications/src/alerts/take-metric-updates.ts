/**
 * Metrics' minutes from the log, and at once the alerts they start or end: minutes, position,
 * alerts and notices are one transaction, so that a crash loses no alert and tells of none twice.
 * Of a metric that was deleted the rules go: what counts nothing any more would be below every limit.
 */
import { metricUpdated } from '@tributary/events';
import type { Counters } from '../counters.ts';
import type { StartLogConsumer } from '../log-consumer.ts';
import { addStandingRules } from '../stores/alert-writes-store.ts';
import { lockRulesOfMetrics } from '../stores/evaluation-store.ts';
import { upsertMetricMinutes } from '../stores/metric-minute-store.ts';
import { removeRulesOfMetrics } from '../stores/removed-metric-store.ts';
import { countDecisions, evaluateLockedRules } from './evaluate-rules.ts';
import { toMetricMinutes } from './metric-minutes.ts';
import { removedMetrics } from './removed-metrics.ts';
import { standingRules } from './standing-rules.ts';

export interface TakeMetricUpdatesOptions {
  startLogConsumer: StartLogConsumer;
  counters: Counters;
  /** Called when notices were committed. */
  onNotices: () => void;
}

export function startTakingMetricUpdates(options: TakeMetricUpdatesOptions) {
  const { startLogConsumer, counters, onNotices } = options;
  return startLogConsumer({
    event: metricUpdated,
    group: 'notifications.alerts',
    async take(client, updates) {
      const now = new Date();
      const minutes = toMetricMinutes(updates, now);
      await upsertMetricMinutes(client, minutes);
      await addStandingRules(client, standingRules(updates));
      await removeRulesOfMetrics(client, removedMetrics(updates));
      const metricIds = [...new Set(minutes.map((minute) => minute.metricId))];
      const ruleIds = await lockRulesOfMetrics(client, metricIds);
      const decisions = await evaluateLockedRules(client, ruleIds, now);
      return { evaluated: ruleIds.length, decisions };
    },
    onCommitted({ evaluated, decisions }) {
      counters.rulesEvaluated.inc(evaluated);
      countDecisions(counters, decisions);
      if (decisions.length > 0) onNotices();
    },
  });
}
