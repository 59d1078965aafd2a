import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort, type OrphanGuard } from '@tributary/local-stack';

const script = join(import.meta.dirname, '../../gateway/src/index.ts');
const startMilliseconds = 120_000;

export interface BenchGateway extends AsyncDisposable {
  origin: string;
  /** A metric's value, e.g. process_resident_memory_bytes. */
  metric(name: string): Promise<number>;
}

export interface BenchGatewayOptions {
  supergraph: string;
  redisUrl: string;
  logPath: string;
  guard: OrphanGuard;
}

/** One gateway process, without people: clients are anonymous. */
export async function startGateway(options: BenchGatewayOptions): Promise<BenchGateway> {
  const { supergraph, redisUrl, logPath, guard } = options;
  const port = await freePort();
  const log = openSync(logPath, 'w');
  const child = spawn(process.execPath, [script, '--supergraph', supergraph, '--port', `${port}`], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      REDIS_URL: redisUrl,
      SUBSCRIBERS_PER_ADDRESS: '1000000',
    },
    stdio: ['ignore', log, log],
  });
  if (child.pid === undefined) throw new Error('The gateway cannot be started.');
  const unwatch = guard.watch({ pid: child.pid, signal: 'SIGTERM', kind: 'service' });
  const ended = once(child, 'exit').finally(unwatch);
  const origin = `http://127.0.0.1:${port}`;
  await untilReady(origin, logPath);
  return {
    origin,
    async metric(name) {
      const text = await (await fetch(`${origin}/metrics`)).text();
      return Number(new RegExp(`^${name}(?:{.*})? (\\S+)$`, 'm').exec(text)?.[1]);
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await ended;
    },
  };
}

async function untilReady(origin: string, logPath: string): Promise<void> {
  const deadline = Date.now() + startMilliseconds;
  while (Date.now() < deadline) {
    const response = await fetch(`${origin}/health/ready`).catch(() => undefined);
    if (response?.ok) return;
    await delay(100);
  }
  throw new Error(`The gateway is not ready:\n${readFileSync(logPath, 'utf8').slice(-1_500)}`);
}
