import { setTimeout as delay } from 'node:timers/promises';
import { type BodyTemplate, createBodies } from '../loads/request-bodies.ts';
import { startClosedLoop } from './closed-loop.ts';
import type { Target } from './connection.ts';
import { type Latencies, summarise } from './latencies.ts';
import { usageOf } from './process-usage.ts';
import { createTally, type Verdict } from './tally.ts';

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

/** The verdict is on all answers, from the first request on; the rest on the measured time. */
export interface ThroughputFigures extends Verdict {
  /** Right ones, within the measured time. */
  answers: number;
  requestsPerSecond: number;
  cpuMillisecondsPerRequest: number;
  latency: Latencies;
  /** At the end. */
  rssBytes: number;
}

export async function measureThroughput(job: ThroughputJob): Promise<ThroughputFigures> {
  const tally = createTally(job.expected);
  const begun = Promise.withResolvers<void>();
  let latencies: number[] = [];

  const loop = startClosedLoop({
    target: job.target,
    connections: job.connections,
    nextBody: createBodies(job.body, job.different),
    onAnswer(exchange, milliseconds) {
      if (tally.answer(exchange)) latencies.push(milliseconds);
      begun.resolve();
    },
    onFailure(error) {
      tally.failure(error);
      begun.resolve();
    },
  });

  // The first answer takes as long as a gateway takes to plan, which is no part of the warm-up.
  await begun.promise;
  await delay(job.warmUpSeconds * 1000);
  latencies = [];
  const measured = await measureWhile(() => delay(job.seconds * 1000), job.pid);
  const answered = latencies;
  latencies = [];
  await loop.stop();

  return {
    ...tally.verdict(),
    answers: answered.length,
    requestsPerSecond: answered.length / measured.seconds,
    cpuMillisecondsPerRequest: measured.cpuMilliseconds / answered.length,
    latency: summarise(answered),
    rssBytes: measured.rssBytes,
  };
}

/** What a process uses while something lasts. */
async function measureWhile(something: () => Promise<void>, pid: number) {
  const before = usageOf(pid);
  const started = performance.now();
  await something();
  const seconds = (performance.now() - started) / 1000;
  const { cpuMilliseconds, rssBytes } = usageOf(pid);
  return { seconds, cpuMilliseconds: cpuMilliseconds - before.cpuMilliseconds, rssBytes };
}
