import { Worker } from 'node:worker_threads';
import type { QueryPlan } from '@apollo/query-planner';

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

export interface PlannerThread {
  /** One at a time. While one is asked the process does not end by itself. */
  ask(request: PlanRequest): void;
  stop(): Promise<void>;
}

export interface PlannerThreadOptions {
  /** The supergraph's SDL. */
  sdl: string;
  /** It ends when it needs more. */
  mostMegabytes: number;
  /** It can be asked. */
  onReady: () => void;
  onAnswer: (answer: PlanAnswer) => void;
  /** It has ended by itself, e.g. for want of memory; never after `stop`. */
  onCrash: (error: Error) => void;
}

export function startPlannerThread(options: PlannerThreadOptions): PlannerThread {
  const { sdl, mostMegabytes, onReady, onAnswer, onCrash } = options;
  const worker = new Worker(new URL('./planner-worker.ts', import.meta.url), {
    workerData: sdl,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
  worker.unref();
  worker.on('message', (answer: PlanAnswer | { kind: 'ready' }) => {
    worker.unref();
    if (answer.kind === 'ready') onReady();
    else onAnswer(answer);
  });
  worker.on('error', onCrash);
  return {
    ask(request) {
      worker.ref();
      worker.postMessage(request);
    },
    async stop() {
      worker.removeAllListeners();
      // An error on its way out is nobody's any more, but would end the process without a listener.
      worker.on('error', () => {});
      await worker.terminate();
    },
  };
}
