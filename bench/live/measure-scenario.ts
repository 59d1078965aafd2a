import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { publishMessage } from '@tributary/pubsub';
import type { Redis } from 'ioredis';
import type { LoadOrder, LoadReport } from './load-process.ts';
import type { Scenario } from './scenarios.ts';
import type { BenchGateway } from './start-gateway.ts';

export interface Figures {
  title: string;
  clients: number;
  /** Resident memory that a subscribed client adds, in bytes. */
  bytesPerClient: number;
  /** Milliseconds from publication to receipt, over all clients and rounds. */
  p50: number;
  p95: number;
  p99: number;
  /** The slowest client, over all rounds. */
  slowest: number;
  /** The gateway's CPU time per message published, in milliseconds. */
  cpuPerMessage: number;
}

export interface Measurement {
  scenario: Scenario;
  place: number;
  clients: number;
  gateway: BenchGateway;
  redis: Redis;
}

const script = join(import.meta.dirname, 'load-process.ts');
const history = { count: 1_000, milliseconds: 600_000 };
/** Before figures are read: for garbage to go, and for what was scheduled to run. */
const settleMilliseconds = 3_000;

export async function measureScenario(measurement: Measurement): Promise<Figures> {
  const { scenario, place, clients, gateway, redis } = measurement;
  const before = await gateway.metric('process_resident_memory_bytes');
  const load = fork(script);
  try {
    const order: LoadOrder = {
      url: `${gateway.origin.replace('http', 'ws')}/graphql`,
      clients,
      scenario: place,
    };
    load.send(order);
    await nextReport(load);
    await delay(settleMilliseconds);
    const after = await gateway.metric('process_resident_memory_bytes');
    const cpuBefore = await gateway.metric('process_cpu_seconds_total');
    const latencies: number[] = [];
    for (let round = 0; round < scenario.rounds; round += 1) {
      const received = nextReport(load);
      await Promise.all(scenario.topics.map((topic) => publish(redis, topic)));
      const report = await received;
      if (report.kind === 'round') latencies.push(...report.latencies);
    }
    const cpuAfter = await gateway.metric('process_cpu_seconds_total');
    const sorted = Float64Array.from(latencies).sort();
    const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
    return {
      title: scenario.title,
      clients,
      bytesPerClient: (after - before) / clients,
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
      slowest: at(1),
      cpuPerMessage: ((cpuAfter - cpuBefore) * 1_000) / (scenario.rounds * scenario.topics.length),
    };
  } finally {
    load.kill();
  }
}

async function nextReport(load: ChildProcess): Promise<LoadReport> {
  const done = new AbortController();
  const { signal } = done;
  const ended = once(load, 'exit', { signal }).then(() => {
    throw new Error('The load generator ended.');
  });
  const [report] = await Promise.race([once(load, 'message', { signal }), ended]);
  ended.catch(() => {});
  done.abort();
  return report as LoadReport;
}

function publish(redis: Redis, topic: string): Promise<unknown> {
  const points = Array.from({ length: 5 }, (_, at) => ({
    at: `2026-01-01T00:0${at}:00Z`,
    value: at,
    count: 1,
  }));
  const publishedAt = performance.timeOrigin + performance.now();
  const text = JSON.stringify({ publishedAt, value: 1, points });
  return publishMessage(redis, { channel: `bench.${topic}`, text, history });
}
