const firstWait = 500;
const longestWait = 15_000;

/** Milliseconds before the given retry (from 0): doubled each time, with jitter, 15 s at most. */
export function retryWait(retries: number, random: () => number = Math.random): number {
  const wait = Math.min(longestWait, firstWait * 2 ** Math.min(retries, 10));
  return Math.round(wait * (0.5 + random() / 2));
}

/** Waits for a retry, but no longer than until the machine is back online. */
export function waitForRetry(retries: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      removeEventListener('online', finish);
      resolve();
    };
    const timer = setTimeout(finish, retryWait(retries));
    addEventListener('online', finish);
  });
}
