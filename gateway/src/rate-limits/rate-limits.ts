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
  const limitOf = (name: string, budget: Budget): RateLimit =>
    createRateLimit(budget, redis && createRedisUsageStore(redis, name, budget));

  const requests = {
    principal: limitOf('principal', settings.principal),
    address: limitOf('address', settings.address),
  };
  const costs = settings.cost && limitOf('cost', settings.cost);
  const operations = new Map(
    Object.entries(settings.operations).map(([name, budget]) => [
      name,
      limitOf(`operation:${name}`, budget),
    ]),
  );

  function take(
    limit: RateLimit | undefined,
    { key }: Asker,
    points: number,
    budget: Parameters<NonNullable<typeof onLimited>>[0],
  ): RateVerdict | undefined {
    const verdict = limit?.take(key, points);
    if (verdict?.limited) onLimited?.(budget);
    return verdict;
  }

  return {
    request: (asker) => take(requests[asker.kind], asker, 1, asker.kind),
    operation: (asker, nameOrId) => take(operations.get(nameOrId), asker, 1, 'operation'),
    cost: (asker, points) => take(costs, asker, Math.ceil(points), 'cost'),
  };
}
