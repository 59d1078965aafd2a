import type { LookOrder } from '../threads/thread-order.ts';
import type { Threads } from '../threads/threads.ts';
import type { FirstRows } from './first-rows.ts';

/** Looks at how a file begins, in a thread. @throws FileFault when that takes too much memory or time. */
export type ReadFirstRows = (order: LookOrder) => Promise<FirstRows>;

export function createReadFirstRows(
  threads: Threads,
  patienceMilliseconds = 20_000,
): ReadFirstRows {
  return async (order) =>
    // Our own thread's answer.
    (await threads.run({ order: { kind: 'look', ...order }, patienceMilliseconds })) as FirstRows;
}
