import type { Asker } from './asker.ts';
import type { RateLimits } from './rate-limits.ts';
import type { RateVerdict } from './rate-verdict.ts';

export interface Charge {
  /** Undefined where nothing is limited by rate. */
  rateLimits: RateLimits | undefined;
  asker: Asker;
  /** The operation's id and name, as far as it has them. */
  names: readonly (string | undefined)[];
  cost: number;
}

/**
 * Takes an operation that is about to run from its asker's budgets. It is held to what is said of its
 * id and of its name; who renames it still pays its cost.
 * @returns the verdict of the first budget that has not enough left.
 */
export function overBudget({ rateLimits, asker, names, cost }: Charge): RateVerdict | undefined {
  if (!rateLimits) return undefined;
  for (const name of names) {
    const verdict = name === undefined ? undefined : rateLimits.operation(asker, name);
    if (verdict?.limited) return verdict;
  }
  const verdict = rateLimits.cost(asker, cost);
  return verdict?.limited ? verdict : undefined;
}
