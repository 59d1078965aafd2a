import { DelegateBackoff, handleWhen, type IRetryBackoffContext, retry } from 'cockatiel';
import { createRetryBudget } from './retry-budget.ts';
import { SubgraphFailure } from './subgraph-failure.ts';
import type { SubgraphSettings } from './subgraph-settings.ts';

export type Retry = <Answer>(
  attempt: () => Promise<Answer>,
  signal: AbortSignal,
) => Promise<Answer>;

/** Tries again what may succeed, while the budget lasts, after a wait that no two gateways share. */
export function createRetry(
  settings: SubgraphSettings['retries'],
  { onRetry }: { onRetry: () => void },
): Retry {
  const budget = createRetryBudget(settings.budget);
  const policy = retry(
    handleWhen((error) => !budget.isSpent && isWorthwhile(error, settings.longestDelay)),
    {
      maxAttempts: settings.attempts,
      backoff: new DelegateBackoff((context: IRetryBackoffContext<unknown>) =>
        Math.max(fullJitter(settings, context.attempt), askedWait(context)),
      ),
    },
  );
  policy.onRetry(() => {
    budget.spend();
    onRetry();
  });
  return (attempt, signal) => {
    budget.earn();
    return policy.execute(attempt, signal);
  };
}

function isWorthwhile(error: unknown, longestDelay: number): boolean {
  return (
    error instanceof SubgraphFailure && error.retryable && (error.retryAfter ?? 0) <= longestDelay
  );
}

/** https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/ */
function fullJitter({ firstDelay, longestDelay }: SubgraphSettings['retries'], attempt: number) {
  return Math.random() * Math.min(longestDelay, firstDelay * 2 ** (attempt - 1));
}

function askedWait({ result }: IRetryBackoffContext<unknown>): number {
  const error = 'error' in result ? result.error : undefined;
  return error instanceof SubgraphFailure ? (error.retryAfter ?? 0) : 0;
}
