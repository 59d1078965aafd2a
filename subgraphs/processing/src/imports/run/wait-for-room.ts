/** Imports yield to what streams in: they wait while the pipeline is behind, or the log holds much. */
import { setTimeout as pause } from 'node:timers/promises';
import type { PartitionLag } from '@tributary/event-log';

const everyMilliseconds = 100;

export interface RoomOptions {
  readLag: () => Promise<PartitionLag[]>;
  bytesHeld: () => Promise<number>;
  /** How old the oldest event that waits for the pipeline may be. */
  mostLagMilliseconds: number;
  /** What the log may hold in memory. */
  mostBytes: number;
}

export type WaitForRoom = (onWait: () => Promise<boolean>) => Promise<boolean>;

/** Waits until there is room; true then. `onWait` is asked at each look whether to wait on. */
export function createWaitForRoom(options: RoomOptions): WaitForRoom {
  const { readLag, bytesHeld, mostLagMilliseconds, mostBytes } = options;
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function hasRoom(): Promise<boolean> {
    const [lag, bytes] = await Promise.all([readLag(), bytesHeld()]);
    const longest = Math.max(0, ...lag.map(({ waitingMilliseconds }) => waitingMilliseconds));
    return longest <= mostLagMilliseconds && bytes <= mostBytes;
  }

  return async (onWait) => {
    if (performance.now() - lookedAt < everyMilliseconds) return true;
    while (!(await hasRoom())) {
      if (!(await onWait())) return false;
      await pause(everyMilliseconds);
    }
    lookedAt = performance.now();
    return true;
  };
}
