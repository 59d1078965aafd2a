import { setTimeout as delay } from 'node:timers/promises';
import { type BodyTemplate, createBodies } from '../loads/request-bodies.ts';
import { createAnswerCheck } from './answer-check.ts';
import { type Connection, openConnection, type Target } from './connection.ts';
import { type Latencies, summarise } from './latencies.ts';

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

export interface IsolationFigures {
  /** Of requests that touch no subgraph in trouble, from when each was due to its last byte. */
  latency: Latencies;
  answers: number;
  wrong: number;
  /** Requests without an answer, of whatever kind. */
  failed: number;
  trouble: string | undefined;
}

/**
 * An open loop: every connection has its times to send, and a request that has to wait for the one
 * before it has waited all the same, so slowness is not hidden by sending less.
 */
export async function measureIsolation(job: IsolationJob): Promise<IsolationFigures> {
  const check = createAnswerCheck(job.expected);
  const latencies: number[] = [];
  const figures = { answers: 0, wrong: 0, failed: 0 };
  let failure: string | undefined;
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
      if (role !== 'healthy') return;
      figures.answers += 1;
      if (check.isRight(answer)) latencies.push(performance.now() - due);
      else figures.wrong += 1;
    } catch (error) {
      failure ??= (error as Error).message;
      figures.failed += 1;
    }
  }

  await Promise.all(Array.from({ length: job.connections }, (_, index) => drive(index)));
  return { ...figures, latency: summarise(latencies), trouble: check.firstWrong() ?? failure };
}
