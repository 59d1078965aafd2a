import { setTimeout as delay } from 'node:timers/promises';
import { type BodyTemplate, createBodies } from '../loads/request-bodies.ts';
import { createAnswerCheck } from './answer-check.ts';
import { startClosedLoop } from './closed-loop.ts';
import type { Target } from './connection.ts';
import { type Latencies, summarise } from './latencies.ts';
import { usageOf } from './process-usage.ts';

export interface ThroughputJob {
  kind: 'throughput';
  target: Target;
  /** Of the gateway. */
  pid: number;
  body: BodyTemplate;
  different: boolean;
  /** The data every answer has to hold. */
  expected: unknown;
  connections: number;
  warmUpSeconds: number;
  seconds: number;
}

export interface ThroughputFigures {
  /** Right ones, within the measured time. */
  answers: number;
  /** Right ones in all, from the first request on. */
  right: number;
  /** Wrong ones, likewise. */
  wrong: number;
  /** Requests without an answer, likewise. */
  failed: number;
  /** What the first wrong answer or failure was. */
  trouble: string | undefined;
  requestsPerSecond: number;
  cpuMillisecondsPerRequest: number;
  latency: Latencies;
  /** At the end. */
  rssBytes: number;
}

export async function measureThroughput(job: ThroughputJob): Promise<ThroughputFigures> {
  const check = createAnswerCheck(job.expected);
  const counts = { right: 0, wrong: 0, failed: 0 };
  const begun = Promise.withResolvers<void>();
  let failure: string | undefined;
  let latencies: number[] = [];

  const loop = startClosedLoop({
    target: job.target,
    connections: job.connections,
    nextBody: createBodies(job.body, job.different),
    onAnswer(exchange, milliseconds) {
      const right = check.isRight(exchange);
      counts[right ? 'right' : 'wrong'] += 1;
      if (right) latencies.push(milliseconds);
      begun.resolve();
    },
    onFailure(error) {
      failure ??= error.message;
      counts.failed += 1;
      begun.resolve();
    },
  });

  // The first answer takes as long as a gateway takes to plan, which is no part of the warm-up.
  await begun.promise;
  await delay(job.warmUpSeconds * 1000);
  latencies = [];
  const before = usageOf(job.pid);
  const started = performance.now();
  await delay(job.seconds * 1000);
  const seconds = (performance.now() - started) / 1000;
  const measured = latencies;
  latencies = [];
  const after = usageOf(job.pid);
  await loop.stop();

  const cpuMilliseconds = after.cpuMilliseconds - before.cpuMilliseconds;
  return {
    ...counts,
    trouble: check.firstWrong() ?? failure,
    answers: measured.length,
    requestsPerSecond: measured.length / seconds,
    cpuMillisecondsPerRequest: cpuMilliseconds / measured.length,
    latency: summarise(measured),
    rssBytes: after.rssBytes,
  };
}
