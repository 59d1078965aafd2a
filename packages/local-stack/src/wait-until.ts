import { setTimeout as delay } from 'node:timers/promises';

const pollMilliseconds = 50;

export interface WaitOptions {
  /** After how long to give up. */
  milliseconds: number;
  /** Stops waiting early; what it is aborted with is thrown. */
  signal?: AbortSignal;
}

/** Asks every 50 ms until the condition holds; false when it does not in time. */
export async function waitUntil(
  condition: () => boolean | Promise<boolean>,
  { milliseconds, signal }: WaitOptions,
): Promise<boolean> {
  const deadline = performance.now() + milliseconds;
  while (!(await condition())) {
    signal?.throwIfAborted();
    if (performance.now() > deadline) return false;
    await delay(pollMilliseconds);
  }
  return true;
}
