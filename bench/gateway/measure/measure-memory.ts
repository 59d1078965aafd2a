import { type BodyTemplate, createBodies } from '../loads/request-bodies.ts';
import { startClosedLoop } from './closed-loop.ts';
import type { Target } from './connection.ts';
import { usageOf } from './process-usage.ts';
import { createTally, type Verdict } from './tally.ts';

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

export interface MemoryFigures extends Verdict {
  answers: number;
  /** Resident memory after so many answers, oldest first; about twenty. */
  samples: { answers: number; rssBytes: number }[];
}

const sampleCount = 20;

export async function measureMemory(job: MemoryJob): Promise<MemoryFigures> {
  const tally = createTally(job.expected);
  const every = Math.max(1, Math.floor(job.operations / sampleCount));
  const samples: MemoryFigures['samples'] = [];
  const done = Promise.withResolvers<void>();
  let answers = 0;
  const sample = () => samples.push({ answers, rssBytes: usageOf(job.pid).rssBytes });

  const loop = startClosedLoop({
    target: job.target,
    connections: job.connections,
    nextBody: createBodies(job.body, true),
    onAnswer(exchange) {
      if (answers === job.operations) return;
      tally.answer(exchange);
      answers += 1;
      if (answers % every === 0) sample();
      if (answers === job.operations) done.resolve();
    },
    onFailure: tally.failure,
  });

  const timer = setTimeout(done.resolve, job.maximumSeconds * 1000);
  await done.promise;
  clearTimeout(timer);
  await loop.stop();
  sample();
  return { ...tally.verdict(), answers, samples };
}
