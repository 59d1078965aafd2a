/** Imports yield to what streams in: they wait while the pipeline or the stores are behind, or the log holds much. */
import { setTimeout as pause } from 'node:timers/promises';
import type { LogMemory, PartitionLag } from '@tributary/event-log';
import { mostHeld } from '../../ingest/most-held.ts';
import { type Awaited, createLogRoom, type LogRoomOptions } from './log-room.ts';

const everyMilliseconds = 100;
/** Backlogs change no sooner: groups note every two seconds what they have taken. */
const backlogEveryMilliseconds = 1_000;

export interface RoomOptions extends LogRoomOptions {
  readLag: () => Promise<PartitionLag[]>;
  /** For how long the oldest event has waited for whoever reads what the pipeline made. */
  readBacklog: () => Promise<number>;
  readMemory: () => Promise<LogMemory>;
  /** What the log may hold before nothing streams in any more; an import leaves half of what is free. */
  mostBytes: number;
}

export type WaitForRoom = (onWait: (awaited: Awaited) => Promise<boolean>) => Promise<boolean>;

/** Waits until there is room; true then. `onWait` is told at each look for what, and asked whether to wait on. */
export function createWaitForRoom(options: RoomOptions): WaitForRoom {
  const { readLag, readMemory, mostBytes } = options;
  const readBacklog = atMostEvery(backlogEveryMilliseconds, options.readBacklog);
  const logRoom = createLogRoom(options);
  let lookedAt = Number.NEGATIVE_INFINITY;

  async function look(): Promise<Awaited | undefined> {
    const [lag, backlogMilliseconds, { held, limit }] = await Promise.all([
      readLag(),
      readBacklog(),
      readMemory(),
    ]);
    const lagMilliseconds = Math.max(0, ...lag.map((one) => one.waitingMilliseconds));
    const most = mostHeld(mostBytes, limit);
    return logRoom.awaited({ held, most, lagMilliseconds, backlogMilliseconds }, performance.now());
  }

  return async (onWait) => {
    if (performance.now() - lookedAt < everyMilliseconds) return true;
    for (let awaited = await look(); awaited; awaited = await look()) {
      if (!(await onWait(awaited))) return false;
      await pause(everyMilliseconds);
    }
    lookedAt = performance.now();
    return true;
  };
}

/** What was read is good for so long. */
function atMostEvery<Value>(
  milliseconds: number,
  read: () => Promise<Value>,
): () => Promise<Value> {
  let last: { value: Value; at: number } | undefined;
  return async () => {
    if (last && performance.now() - last.at < milliseconds) return last.value;
    const at = performance.now();
    last = { value: await read(), at };
    return last.value;
  };
}
