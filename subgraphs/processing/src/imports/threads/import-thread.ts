/** One of `threads.ts`: takes an order at a time, and answers it. */
import { parentPort } from 'node:worker_threads';
import { FileFault } from '../read/file-fault.ts';
import { firstRows } from '../read/first-rows.ts';
import type { ThreadAnswer } from './thread-answer.ts';
import { type ThreadOrder, threadOrder } from './thread-order.ts';

const answer = (message: ThreadAnswer): void => parentPort?.postMessage(message);

async function work(order: ThreadOrder): Promise<unknown> {
  if (order.kind === 'look') return firstRows(order.file, order.reading);
  // Loaded only when it is needed: it is most of what there is.
  const { runOrdered } = await import('../run/run-ordered.ts');
  return runOrdered(order.id, (progress) => answer({ kind: 'progress', progress }));
}

parentPort?.on('message', async (message: unknown) => {
  try {
    answer({ kind: 'done', result: await work(threadOrder.parse(message)) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    answer({ kind: 'failed', message: reason, isFileFault: error instanceof FileFault });
  }
});

answer({ kind: 'progress', progress: 'ready' });
