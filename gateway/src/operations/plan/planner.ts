import type { QueryPlan } from '@apollo/query-planner';
import { TributaryError } from '@tributary/errors';
import { GraphQLError } from 'graphql';
import {
  type PlanAnswer,
  type PlannerThread,
  type PlanRequest,
  startPlannerThread,
} from './planner-thread.ts';

export interface Planner {
  /**
   * @throws GraphQLError for what cannot be planned, TributaryError OPERATION_TOO_COMPLEX past the deadline
   * or with too much memory.
   */
  plan(request: PlanRequest): Promise<QueryPlan['node']>;
  close(): Promise<void>;
}

export interface PlannerOptions {
  /** The supergraph's SDL. */
  sdl: string;
  deadlineMilliseconds: number;
  /** What the thread may use, the supergraph included. */
  mostMegabytes: number;
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
  const { sdl, deadlineMilliseconds, mostMegabytes, onPlanned, onFailure } = options;
  const queue: Job[] = [];
  let current: Job | undefined;
  let deadline: NodeJS.Timeout | undefined;
  let startedAt = 0;
  let ready = false;
  let closed = false;
  let thread: PlannerThread | undefined = startThread();

  function startThread(): PlannerThread {
    ready = false;
    return startPlannerThread({
      sdl,
      mostMegabytes,
      onReady() {
        ready = true;
        next();
      },
      onAnswer(answer) {
        const job = takeCurrent();
        if (job) settle(job, answer);
        next();
      },
      onCrash(error) {
        onFailure(error.message);
        if (ready) giveUp(tooComplex(`with ${mostMegabytes} MB of memory`));
        else cannotStart(error);
      },
    });
  }

  function next(): void {
    thread ??= startThread();
    if (!ready || current) return;
    current = queue.shift();
    if (!current) return;
    startedAt = performance.now();
    deadline = setTimeout(
      () => giveUp(tooComplex(`within ${deadlineMilliseconds} ms`)),
      deadlineMilliseconds,
    );
    thread.ask(current.request);
  }

  function takeCurrent(): Job | undefined {
    clearTimeout(deadline);
    const job = current;
    current = undefined;
    return job;
  }

  function settle(job: Job, answer: PlanAnswer): void {
    switch (answer.kind) {
      case 'planned':
        onPlanned((performance.now() - startedAt) / 1000);
        job.resolve(answer.node);
        break;
      case 'refused':
        job.reject(new GraphQLError(answer.reason));
        break;
      case 'failed':
        onFailure(answer.reason);
        job.reject(new TributaryError('OPERATION_TOO_COMPLEX', 'The operation cannot be planned.'));
    }
  }

  function giveUp(reason: Error): void {
    takeCurrent()?.reject(reason);
    void thread?.stop();
    if (!closed) thread = startThread();
  }

  /** The next operation that is asked for starts it again. */
  function cannotStart({ message }: Error): void {
    thread = undefined;
    refuseAll(new TributaryError('UNAVAILABLE', `The planner does not start: ${message}`));
  }

  function refuseAll(reason: Error): void {
    for (const { reject } of queue.splice(0)) reject(reason);
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
      refuseAll(closing);
      giveUp(closing);
      await thread?.stop();
    },
  };
}

function tooComplex(bound: string): TributaryError {
  return new TributaryError(
    'OPERATION_TOO_COMPLEX',
    `The operation cannot be planned ${bound}. Ask for less at once.`,
  );
}
