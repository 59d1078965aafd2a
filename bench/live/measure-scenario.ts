import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { RunningGateway } from '@tributary/bench-gateway/gateways/start-gateway';
import { usageOf } from '@tributary/bench-gateway/measure/process-usage';
import type { Redis } from 'ioredis';
import type { LiveGateway } from './gateways.ts';
import type { LoadOrder, LoadReport } from './load/load-process.ts';
import type { Scenario } from './scenarios.ts';

export interface Figures {
  /** Resident memory that a subscribed client adds, in bytes. */
  bytesPerClient: number;
  /** Milliseconds from publication to receipt, over all clients and rounds. */
  p50: number;
  p95: number;
  p99: number;
  /** The slowest client, over all rounds. */
  slowest: number;
  /** The gateway's CPU time for a round's messages, in milliseconds. */
  cpuPerRound: number;
  /** The clients' own, which share the machine. */
  loadCpuPerRound: number;
}

export interface Measurement {
  scenario: Scenario;
  place: number;
  clients: number;
  rounds: number;
  gateway: LiveGateway;
  running: RunningGateway;
  redis: Redis;
}

const script = join(import.meta.dirname, 'load/load-process.ts');
/** Before figures are read: for garbage to go, and for what was scheduled to run. */
const settleMilliseconds = 3_000;
/** Between two rounds, and between two messages that wait for somebody to listen. */
const pauseMilliseconds = 200;

export async function measureScenario(measurement: Measurement): Promise<Figures> {
  const { clients, rounds, running } = measurement;
  const load = startLoad();
  try {
    const before = usageOf(running.pid).rssBytes;
    await subscribeAll(load, measurement);
    const { rssBytes } = usageOf(running.pid);
    load.send({ kind: 'count', since: now() });
    await load.next('counting');
    const cpuBefore = usageOf(running.pid).cpuMilliseconds;
    const latencies: number[] = [];
    let loadCpu = 0;
    for (let round = 0; round < rounds; round += 1) {
      await delay(pauseMilliseconds);
      const received = load.next('round');
      await publishAll(measurement);
      const report = await received;
      latencies.push(...report.latencies);
      loadCpu = report.cpu;
    }
    const cpu = usageOf(running.pid).cpuMilliseconds - cpuBefore;
    return {
      bytesPerClient: (rssBytes - before) / clients,
      ...shares(latencies),
      cpuPerRound: cpu / rounds,
      loadCpuPerRound: loadCpu / rounds,
    };
  } finally {
    load.end();
  }
}

/** Messages are published until every client has had one: no gateway says when it listens. */
async function subscribeAll(load: Load, measurement: Measurement): Promise<void> {
  const { place, clients, running } = measurement;
  const port = Number(new URL(running.origin).port);
  load.send({ kind: 'connect', port, clients, scenario: place });
  let waiting = true;
  const subscribed = load.next('subscribed').finally(() => {
    waiting = false;
  });
  subscribed.catch(() => {});
  while (waiting) {
    await publishAll(measurement);
    await Promise.race([subscribed, delay(settleMilliseconds)]);
  }
  await subscribed;
  await delay(settleMilliseconds);
}

function publishAll({ gateway, redis, scenario }: Measurement): Promise<unknown> {
  const points = Array.from({ length: 5 }, (_, at) => ({
    at: `2026-01-01T00:0${at}:00Z`,
    value: at,
    count: 1,
  }));
  return Promise.all(
    scenario.topics.map((topic) =>
      gateway.publish(redis, topic, JSON.stringify({ publishedAt: now(), value: 1, points })),
    ),
  );
}

const now = () => performance.timeOrigin + performance.now();

function shares(latencies: readonly number[]) {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), slowest: at(1) };
}

interface Load {
  send(order: LoadOrder): void;
  /** The next report of a kind; rejects when the process ends before. */
  next<Kind extends LoadReport['kind']>(kind: Kind): Promise<LoadReport & { kind: Kind }>;
  end(): void;
}

function startLoad(): Load {
  const child: ChildProcess = fork(script);
  return {
    send: (order) => void child.send(order),
    async next(kind) {
      const done = new AbortController();
      const { signal } = done;
      const ended = once(child, 'exit', { signal }).then(() => {
        throw new Error('The load generator ended.');
      });
      ended.catch(() => {});
      try {
        for (;;) {
          const [report] = (await Promise.race([once(child, 'message', { signal }), ended])) as [
            LoadReport,
          ];
          if (report.kind === kind) return report as LoadReport & { kind: typeof kind };
        }
      } finally {
        done.abort();
      }
    },
    end: () => void child.kill(),
  };
}
