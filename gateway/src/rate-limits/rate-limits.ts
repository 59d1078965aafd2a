import type { Redis } from 'ioredis';
import type { Asker } from './asker.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import type { Budget, RateLimitSettings } from './rate-limit-settings.ts';
import type { RateVerdict } from './rate-verdict.ts';
import { createRedisUsageStore } from './usage-store.ts';

/** Each of these takes from a budget; undefined where none is configured. */
export interface RateLimits {
  request(asker: Asker): RateVerdict | undefined;
  /** For an operation's name or id, whichever has a limit of its own. */
  operation(asker: Asker, nameOrId: string): RateVerdict | undefined;
  /** Whole cost points, once they are known. */
  cost(asker: Asker, points: number): RateVerdict | undefined;
}

export interface RateLimitsOptions {
  settings: Omit<RateLimitSettings, 'enabled'>;
  /** Without it every gateway counts for itself. */
  redis: Redis | undefined;
  /** Called for what was refused, e.g. to count it. */
  onLimited?: (budget: 'principal' | 'address' | 'operation' | 'cost') => void;
}

export function createRateLimits(options: RateLimitsOptions): RateLimits {
  const { settings, redis, onLimited } = options;
  const { keyCeiling } = settings;
  const limitOf = (name: string, budget: Budget): RateLimit =>
    createRateLimit(budget, redis && createRedisUsageStore(redis, name, budget));

  const requests = {
    principal: limitOf('principal', settings.principal),
    address: limitOf('address', settings.address),
  };
  const costs = limitOf('cost', settings.cost ?? noBudget);
  const operations = new Map(
    Object.entries(settings.operations).map(([name, budget]) => [
      name,
      limitOf(`operation:${name}`, budget),
    ]),
  );

  function take(
    limit: RateLimit,
    asked: { asker: Asker; points: number; most?: number | undefined },
    budget: Parameters<NonNullable<typeof onLimited>>[0],
  ): RateVerdict {
    const verdict = limit.take(asked.asker.key, asked.points, asked.most);
    if (verdict.limited) onLimited?.(budget);
    return verdict;
  }

  return {
    request(asker) {
      const perMinute = lower(asker.budgets?.requestsPerMinute, keyCeiling.requestsPerMinute);
      const most = inWindow(perMinute, settings.principal);
      return take(requests[asker.kind], { asker, points: 1, most }, asker.kind);
    },
    operation(asker, nameOrId) {
      const limit = operations.get(nameOrId);
      return limit && take(limit, { asker, points: 1 }, 'operation');
    },
    cost(asker, points) {
      const perMinute = lower(asker.budgets?.costPerMinute, keyCeiling.costPerMinute);
      const most = inWindow(perMinute, settings.cost ?? noBudget);
      if (!settings.cost && most === undefined) return undefined;
      return take(costs, { asker, points: Math.ceil(points), most }, 'cost');
    },
  };
}

/** Where cost is not limited, API clients may have a budget of their own. */
const noBudget: Budget = { points: Number.MAX_SAFE_INTEGER, seconds: 60 };

/** What a workspace has set, if it has, within what it may set. */
const lower = (given: number | null | undefined, ceiling: number): number | undefined =>
  given == null ? undefined : Math.min(given, ceiling);

/** What is allowed in a minute, in a window that may be shorter or longer. */
function inWindow(perMinute: number | undefined, { seconds }: Budget): number | undefined {
  return perMinute === undefined ? undefined : Math.max(1, Math.round((perMinute * seconds) / 60));
}
