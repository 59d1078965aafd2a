import { type BodyTemplate, createBodies } from '../loads/request-bodies.ts';
import { createAnswerCheck } from './answer-check.ts';
import { startClosedLoop } from './closed-loop.ts';
import type { Target } from './connection.ts';
import { usageOf } from './process-usage.ts';

export interface MemoryJob {
  kind: 'memory';
  target: Target;
  pid: number;
  /** Its seed is in the operation's text. */
  body: BodyTemplate;
  expected: unknown;
  connections: number;
  /** How many different operations to send. */
  operations: number;
  /** When to stop even if there are some left. */
  maximumSeconds: number;
}

export interface MemoryFigures {
  answers: number;
  wrong: number;
  failed: number;
  trouble: string | undefined;
  /** Resident memory after so many answers, oldest first; about twenty. */
  samples: { answers: number; rssBytes: number }[];
}

const sampleCount = 20;

export async function measureMemory(job: MemoryJob): Promise<MemoryFigures> {
  const check = createAnswerCheck(job.expected);
  const figures: MemoryFigures = {
    answers: 0,
    wrong: 0,
    failed: 0,
    trouble: undefined,
    samples: [],
  };
  const every = Math.max(1, Math.floor(job.operations / sampleCount));
  const done = Promise.withResolvers<void>();
  const sample = () => {
    const { rssBytes } = usageOf(job.pid);
    figures.samples.push({ answers: figures.answers, rssBytes });
  };

  const loop = startClosedLoop({
    target: job.target,
    connections: job.connections,
    nextBody: createBodies(job.body, true),
    onAnswer(exchange) {
      if (figures.answers >= job.operations) return;
      if (!check.isRight(exchange)) figures.wrong += 1;
      figures.answers += 1;
      if (figures.answers % every === 0) sample();
      if (figures.answers === job.operations) done.resolve();
    },
    onFailure(error) {
      figures.trouble ??= error.message;
      figures.failed += 1;
    },
  });

  const timer = setTimeout(done.resolve, job.maximumSeconds * 1000);
  await done.promise;
  clearTimeout(timer);
  sample();
  await loop.stop();
  return { ...figures, trouble: check.firstWrong() ?? figures.trouble };
}
