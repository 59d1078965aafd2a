import type { Stage } from './stage.ts';

const windowMilliseconds = 60_000;
const restMilliseconds = 60_000;
const mostOverruns = 3;
/** A pipeline this slow for an event may not take this much of a minute. */
const slowMilliseconds = 5;
const mostSlowMilliseconds = 10_000;

interface Usage {
  since: number;
  events: number;
  spent: number;
  overruns: number;
  restsUntil: number;
}

/**
 * How much of the process's time each version's stages use. Those that overrun three times within a
 * minute, or take ten seconds of one at more than 5 ms an event, rest for a minute, so that one
 * workspace's pipeline cannot hold up the events of the others.
 */
export interface PipelineBudget {
  isResting(stages: readonly Stage[]): boolean;
  spend(stages: readonly Stage[], milliseconds: number, hasOverrun: boolean): void;
}

export function createPipelineBudget({ now = Date.now } = {}): PipelineBudget {
  // A version that is published has stages of its own, and a clean record.
  const usages = new WeakMap<object, Usage>();

  function usageOf(stages: readonly Stage[]): Usage {
    const known = usages.get(stages);
    if (known && now() - known.since < windowMilliseconds) return known;
    const restsUntil = known?.restsUntil ?? 0;
    const usage = { since: now(), events: 0, spent: 0, overruns: 0, restsUntil };
    usages.set(stages, usage);
    return usage;
  }

  return {
    isResting(stages) {
      const restsUntil = usages.get(stages)?.restsUntil ?? 0;
      // Asked for every event: a look at the clock costs more than the rest of it.
      return restsUntil > 0 && restsUntil > now();
    },
    spend(stages, milliseconds, hasOverrun) {
      const usage = usageOf(stages);
      usage.events += 1;
      usage.spent += milliseconds;
      if (hasOverrun) usage.overruns += 1;
      const isSlow =
        usage.spent > mostSlowMilliseconds && usage.spent / usage.events > slowMilliseconds;
      if (isSlow || usage.overruns >= mostOverruns) usage.restsUntil = now() + restMilliseconds;
    },
  };
}
