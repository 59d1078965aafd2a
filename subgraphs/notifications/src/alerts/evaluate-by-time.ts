/**
 * What only time changes: a pending alert fires when its hold time is over, looked at every round;
 * minutes leave the windows when a new one begins, so every rule is looked at once a minute.
 * Any number of processes may do this: steps are taken under row locks, and locked rules are
 * left to whoever works on them.
 */
import { type Logger, type Loop, startLoop, transaction } from '@tributary/chassis';
import type { Pool } from 'pg';
import type { Counters } from '../counters.ts';
import { lockFreeRules, readEvaluationsByTime } from '../stores/evaluation-store.ts';
import { pruneMetricMinutes } from '../stores/metric-minute-store.ts';
import { decide } from './decide.ts';
import { changesSomething, countDecisions, evaluateLockedRules } from './evaluate-rules.ts';
import { oldestMinute } from './metric-minutes.ts';

export interface EvaluateByTimeOptions {
  pool: Pool;
  logger: Logger;
  counters: Counters;
  intervalMilliseconds: number;
  /** Called when notices were committed. */
  onNotices: () => void;
}

const minute = 60_000;
const hour = 60 * minute;

export function startEvaluatingByTime(options: EvaluateByTimeOptions): Loop {
  const { pool, logger, counters, intervalMilliseconds, onNotices } = options;
  const minuteBegan = createBoundary(minute);
  const hourBegan = createBoundary(hour);

  async function evaluate(which: 'PENDING' | 'ALL', now: Date): Promise<void> {
    const rules = await readEvaluationsByTime(pool, which, now);
    counters.rulesEvaluated.inc(rules.length);
    const due = rules.filter((rule) => changesSomething(decide(rule, now)));
    if (due.length === 0) return;
    const decisions = await transaction(pool, async (client) => {
      const ruleIds = due.map((rule) => rule.ruleId);
      return evaluateLockedRules(client, await lockFreeRules(client, ruleIds), now);
    });
    countDecisions(counters, decisions);
    if (decisions.length > 0) onNotices();
  }

  return startLoop({
    pauseMilliseconds: intervalMilliseconds,
    onError: (error) => logger.warn({ err: error }, 'could not evaluate rules; trying again'),
    async run() {
      const now = new Date();
      const passed = await minuteBegan(now, () => evaluate('ALL', now));
      if (!passed) await evaluate('PENDING', now);
      await hourBegan(now, () => pruneMetricMinutes(pool, oldestMinute(now)));
      return false;
    },
  });
}

/** Runs work once per period of the clock; again in the next round when it failed. */
function createBoundary(milliseconds: number) {
  let done: number | undefined;
  return async (now: Date, work: () => Promise<void>): Promise<boolean> => {
    const current = Math.floor(now.getTime() / milliseconds);
    if (current === done) return false;
    await work();
    done = current;
    return true;
  };
}
