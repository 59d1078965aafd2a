/**
 * Threads for what reads files: one that takes too much memory or time is ended, and the process goes on.
 * They are kept for the next job, since a new one takes a second to load.
 */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { FileFault } from '../read/file-fault.ts';
import { type ThreadAnswer, threadAnswer } from './thread-answer.ts';

/** Of JavaScript's own memory; buffers are bounded where they are made. */
const mostMegabytes = 512;
const idleMilliseconds = 60_000;

export interface Job {
  order: unknown;
  /** How long it may go without a sign of life. */
  patienceMilliseconds: number;
  onProgress?: (progress: unknown) => void;
  /** Ends the thread, and so the job. */
  signal?: AbortSignal;
}

export interface Threads {
  /** Its answer. @throws FileFault where the file is to blame, anything else where it may work later. */
  run(job: Job): Promise<unknown>;
  stop(): Promise<void>;
}

/** At most `most` threads; further jobs wait for one. */
export function createThreads({ most }: { most: number }): Threads {
  /** With the timer that ends each. */
  const idle = new Map<Worker, NodeJS.Timeout>();
  const all = new Set<Worker>();
  const waiting: (() => void)[] = [];

  async function open(): Promise<Worker> {
    const worker = new Worker(new URL('./import-thread.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
    });
    all.add(worker);
    // Whoever has a job in it listens too.
    worker.on('error', () => {});
    worker.once('exit', () => {
      all.delete(worker);
      clearTimeout(idle.get(worker));
      idle.delete(worker);
      waiting.shift()?.();
    });
    // It says so when it is loaded, which takes long where much else is at work.
    const ended = once(worker, 'exit').then(() => {
      throw new Error('The thread ended before it began.');
    });
    await Promise.race([once(worker, 'message'), ended]);
    ended.catch(() => {});
    return worker;
  }

  async function take(): Promise<Worker> {
    while (idle.size === 0 && all.size >= most) {
      await new Promise<void>((resolve) => waiting.push(resolve));
    }
    const [[worker, timer] = []] = idle;
    if (!worker) return open();
    clearTimeout(timer);
    idle.delete(worker);
    return worker;
  }

  function giveBack(worker: Worker): void {
    if (!all.has(worker)) return;
    idle.set(worker, setTimeout(() => void worker.terminate(), idleMilliseconds).unref());
    waiting.shift()?.();
  }

  return {
    async run(job) {
      const worker = await take();
      try {
        // It may have been given up while it waited for its turn.
        job.signal?.throwIfAborted();
        const answer = await answerOf(worker, job);
        giveBack(worker);
        if (answer.kind === 'done') return answer.result;
        throw answer.isFileFault ? new FileFault(answer.message) : new Error(answer.message);
      } catch (error) {
        if (!idle.has(worker)) await worker.terminate();
        throw error;
      }
    },
    async stop() {
      await Promise.all([...all].map((worker) => worker.terminate()));
    },
  };
}

type LastAnswer = Exclude<ThreadAnswer, { kind: 'progress' }>;

/** Sends the job, and waits for what comes of it. */
async function answerOf(worker: Worker, job: Job): Promise<LastAnswer> {
  const last = Promise.withResolvers<LastAnswer>();
  const { patienceMilliseconds, onProgress, signal } = job;
  const giveUp = () => {
    const seconds = Math.round(patienceMilliseconds / 1_000);
    last.reject(new FileFault(`Expected to get on with the file within ${seconds} seconds.`));
  };
  let timer = setTimeout(giveUp, patienceMilliseconds);
  const hear = (message: unknown) => {
    clearTimeout(timer);
    timer = setTimeout(giveUp, patienceMilliseconds);
    const answer = threadAnswer.parse(message);
    if (answer.kind === 'progress') onProgress?.(answer.progress);
    else last.resolve(answer);
  };
  const fail = (error: NodeJS.ErrnoException) =>
    last.reject(error.code === outOfMemory ? tooMuch() : error);
  const end = () => last.reject(new Error('The thread ended in the middle of its work.'));
  worker.on('message', hear).on('error', fail).on('exit', end);
  signal?.addEventListener('abort', end);
  try {
    worker.postMessage(job.order);
    return await last.promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
    worker.off('message', hear).off('error', fail).off('exit', end);
  }
}

const outOfMemory = 'ERR_WORKER_OUT_OF_MEMORY';

function tooMuch(): FileFault {
  return new FileFault(
    `Expected a file that is read with ${mostMegabytes} MB of memory, it took more.`,
  );
}
