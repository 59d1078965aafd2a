/** Whether one more retry may be spent. */
export interface RetryBudget {
  earn(): void;
  readonly isSpent: boolean;
  spend(): void;
}

const reserve = 10;

/**
 * Every fetch earns a share of a retry, every retry costs one. A full reserve at the start lets a quiet
 * subgraph have its retries; while everything fails, retries add at most `share` to the load.
 */
export function createRetryBudget(share: number): RetryBudget {
  let retries = share > 0 ? reserve : 0;
  return {
    earn: () => {
      retries = Math.min(reserve, retries + share);
    },
    get isSpent() {
      return retries < 1;
    },
    spend: () => {
      retries -= 1;
    },
  };
}
