import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, type OrphanGuard } from '@tributary/local-stack';
import type { GatewaySetup } from './gateway-setup.ts';

const startMilliseconds = 120_000;
const pollMilliseconds = 100;
const logTail = 1500;

export interface RunningGateway extends AsyncDisposable {
  origin: string;
  pid: number;
}

export interface StartOptions {
  setup: GatewaySetup;
  supergraph: string;
  environment: Record<string, string>;
  logPath: string;
  guard: OrphanGuard;
}

/** Resolves once it answers GraphQL; rejects with the end of its log when it ends or takes too long. */
export async function startGateway(options: StartOptions): Promise<RunningGateway> {
  const { setup, supergraph, environment, logPath, guard } = options;
  const port = await freePort();
  const log = openSync(logPath, 'w');
  const child = spawn(process.execPath, setup.command({ supergraph, port }), {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', log, log],
  });
  if (child.pid === undefined) throw new Error(`${setup.title} cannot be started.`);
  const unwatch = guard.watch({ pid: child.pid, signal: 'SIGTERM', kind: 'service' });
  const ended = once(child, 'exit').finally(unwatch);
  const origin = `http://127.0.0.1:${port}`;

  async function stop(): Promise<void> {
    child.kill();
    const insist = setTimeout(() => child.kill('SIGKILL'), 5000);
    await ended;
    clearTimeout(insist);
  }

  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  if (!(await answers(origin, hasEnded))) {
    await stop();
    const tail = readFileSync(logPath, 'utf8').slice(-logTail).trim();
    throw new Error(`${setup.title} did not start. Its log ends with:\n${tail}`);
  }
  return { origin, pid: child.pid, [Symbol.asyncDispose]: stop };
}

async function answers(origin: string, hasEnded: () => boolean): Promise<boolean> {
  const deadline = performance.now() + startMilliseconds;
  while (!hasEnded() && performance.now() < deadline) {
    if (await isAnswering(origin)) return true;
    await delay(pollMilliseconds);
  }
  return false;
}

async function isAnswering(origin: string): Promise<boolean> {
  try {
    const response = await fetch(`${origin}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify({ query: '{ __typename }' }),
    });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}
