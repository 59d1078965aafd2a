/** Imports yield to what streams in: they wait while the pipeline is behind, or the log holds much. */
import { setTimeout as pause } from 'node:timers/promises';
import type { PartitionLag } from '@tributary/event-log';
import { createLogRoom, type LogRoomOptions } from './log-room.ts';

const everyMilliseconds = 100;

export interface RoomOptions extends LogRoomOptions {
  readLag: () => Promise<PartitionLag[]>;
  bytesHeld: () => Promise<number>;
  /** How old the oldest event that waits for the pipeline may be. */
  mostLagMilliseconds: number;
}

export type WaitForRoom = (onWait: () => Promise<boolean>) => Promise<boolean>;

/** Waits until there is room; true then. `onWait` is asked at each look whether to wait on. */
export function createWaitForRoom(options: RoomOptions): WaitForRoom {
  const { readLag, bytesHeld, mostLagMilliseconds } = options;
  const logRoom = createLogRoom(options);
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function hasRoom(): Promise<boolean> {
    const [lag, bytes] = await Promise.all([readLag(), bytesHeld()]);
    const longest = Math.max(0, ...lag.map(({ waitingMilliseconds }) => waitingMilliseconds));
    return logRoom.hasRoom(bytes, performance.now()) && longest <= mostLagMilliseconds;
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
