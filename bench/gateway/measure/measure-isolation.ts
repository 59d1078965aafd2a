import { setTimeout as delay } from 'node:timers/promises';
import { type BodyTemplate, createBodies } from '../loads/request-bodies.ts';
import { type Connection, openConnection, type Target } from './connection.ts';
import { type Latencies, summarise } from './latencies.ts';
import { createTally, type Verdict } from './tally.ts';

/** Who sends what, connection by connection: of five, two stay healthy. */
const roles = ['healthy', 'slow', 'healthy', 'slow', 'failing'] as const;
type Role = (typeof roles)[number];

export interface IsolationJob {
  kind: 'isolation';
  target: Target;
  bodies: Record<Role, BodyTemplate>;
  /** Of the healthy ones. */
  expected: unknown;
  connections: number;
  /** Of all connections together. */
  requestsPerSecond: number;
  seconds: number;
}

/** Verdict and latency are on requests that touch no subgraph in trouble; failures on all. */
export interface IsolationFigures extends Verdict {
  /** From when each was due to its last byte. */
  latency: Latencies;
}

/**
 * An open loop: every connection has its times to send, and a request that has to wait for the one
 * before it has waited all the same, so slowness is not hidden by sending less.
 */
export async function measureIsolation(job: IsolationJob): Promise<IsolationFigures> {
  const tally = createTally(job.expected);
  const latencies: number[] = [];
  const nextBody: Record<Role, () => string> = {
    healthy: createBodies(job.bodies.healthy, true),
    slow: createBodies(job.bodies.slow, true),
    failing: createBodies(job.bodies.failing, true),
  };
  const interval = (job.connections / job.requestsPerSecond) * 1000;
  const started = performance.now();
  const end = started + job.seconds * 1000;

  async function drive(index: number): Promise<void> {
    const role = roles[index % roles.length] ?? 'healthy';
    const connection = openConnection(job.target);
    for (let due = started + (index * interval) / job.connections; due < end; due += interval) {
      await delay(Math.max(0, due - performance.now()));
      await exchange(role, connection, due);
    }
    await connection.close();
  }

  async function exchange(role: Role, connection: Connection, due: number): Promise<void> {
    try {
      const answer = await connection.send(nextBody[role]());
      if (role === 'healthy' && tally.answer(answer)) latencies.push(performance.now() - due);
    } catch (error) {
      tally.failure(error);
    }
  }

  await Promise.all(Array.from({ length: job.connections }, (_, index) => drive(index)));
  return { ...tally.verdict(), latency: summarise(latencies) };
}
