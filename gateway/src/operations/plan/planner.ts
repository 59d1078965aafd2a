import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';
import { TributaryError } from '@tributary/errors';
import { GraphQLError } from 'graphql';

export interface PlanRequest {
  /** A valid document. */
  text: string;
  operationName: string | undefined;
}

export type PlanAnswer =
  | { kind: 'planned'; node: QueryPlan['node'] }
  /** The operation asks for something that cannot be planned. */
  | { kind: 'refused'; reason: string }
  | { kind: 'failed'; reason: string };

export interface Planner {
  /**
   * @throws GraphQLError for what cannot be planned, TributaryError OPERATION_TOO_COMPLEX past the deadline.
   */
  plan(request: PlanRequest): Promise<QueryPlan['node']>;
  close(): Promise<void>;
}

export interface PlannerOptions {
  /** The supergraph's SDL. */
  sdl: string;
  deadlineMilliseconds: number;
  /** Seconds that a plan took. */
  onPlanned: (seconds: number) => void;
  /** What the planner cannot do with a valid operation, for the log. */
  onFailure: (reason: string) => void;
}

interface Job {
  request: PlanRequest;
  resolve(node: QueryPlan['node']): void;
  reject(error: unknown): void;
}

const longestQueue = 1000;

/**
 * One operation at a time, in order, on another thread. What is not planned by its deadline is given
 * up together with the thread, and a new one goes on with the next.
 */
export function createPlanner(options: PlannerOptions): Planner {
  const { sdl, deadlineMilliseconds, onPlanned, onFailure } = options;
  const queue: Job[] = [];
  let current: Job | undefined;
  let deadline: NodeJS.Timeout | undefined;
  let startedAt = 0;
  let ready = false;
  let closed = false;
  let worker = startWorker();

  function startWorker(): Worker {
    ready = false;
    const started = new Worker(new URL('./planner-worker.ts', import.meta.url), {
      workerData: sdl,
    });
    started.on('message', (answer: PlanAnswer | { kind: 'ready' }) => {
      if (answer.kind === 'ready') ready = true;
      else settle(answer);
      next();
    });
    started.on('error', (error) => {
      if (started !== worker) return;
      give(error);
      restart();
    });
    started.unref();
    return started;
  }

  function restart(): void {
    void worker.terminate();
    if (!closed) worker = startWorker();
  }

  function next(): void {
    if (!ready || current) return;
    current = queue.shift();
    if (!current) {
      worker.unref();
      return;
    }
    // The process must not end while somebody waits for a plan.
    worker.ref();
    deadline = setTimeout(() => {
      give(tooComplex(deadlineMilliseconds));
      restart();
    }, deadlineMilliseconds);
    startedAt = performance.now();
    worker.postMessage(current.request);
  }

  function give(error: unknown): void {
    clearTimeout(deadline);
    current?.reject(error);
    current = undefined;
  }

  function settle(answer: PlanAnswer): void {
    if (answer.kind === 'refused') give(new GraphQLError(answer.reason));
    else if (answer.kind === 'failed') {
      onFailure(answer.reason);
      give(new TributaryError('OPERATION_TOO_COMPLEX', 'The operation cannot be planned.'));
    } else {
      clearTimeout(deadline);
      onPlanned((performance.now() - startedAt) / 1000);
      current?.resolve(answer.node);
      current = undefined;
    }
  }

  return {
    plan: (request) =>
      new Promise((resolve, reject) => {
        if (closed || queue.length >= longestQueue) {
          return reject(
            new TributaryError('UNAVAILABLE', 'Too many new operations at once. Try again soon.'),
          );
        }
        queue.push({ request, resolve, reject });
        next();
      }),
    async close() {
      closed = true;
      const closing = new TributaryError('UNAVAILABLE', 'This gateway is shutting down.');
      give(closing);
      for (const { reject } of queue.splice(0)) reject(closing);
      await worker.terminate();
    },
  };
}

function tooComplex(milliseconds: number): TributaryError {
  return new TributaryError(
    'OPERATION_TOO_COMPLEX',
    `The operation cannot be planned within ${milliseconds} ms. Ask for less at once.`,
  );
}
