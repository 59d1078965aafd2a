import { setTimeout as pause } from 'node:timers/promises';

const longestPause = 5_000;

/** Doubling from 200 ms to 5 s, so that a server that is away is not hammered; at once when stopped. */
export async function restAfter(failures: number, signal: AbortSignal): Promise<void> {
  const milliseconds = Math.min(100 * 2 ** failures, longestPause);
  await pause(milliseconds, undefined, { signal }).catch(() => {});
}
