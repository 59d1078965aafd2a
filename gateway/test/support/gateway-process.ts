import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { compileCache, freePort, startOrphanGuard } from '@tributary/local-stack';
import type { GraphQLAnswer } from '@tributary/testkit';
import { expect, vi } from 'vitest';

const script = join(import.meta.dirname, '../../src/index.ts');
const guard = startOrphanGuard();

export interface GatewayProcess extends AsyncDisposable {
  url: string;
  /** POSTs an operation; headers win over the usual ones. */
  query(document: string, headers?: Record<string, string>): Promise<GatewayAnswer>;
  kill(signal: NodeJS.Signals): void;
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  log(): string;
}

export interface GatewayAnswer extends GraphQLAnswer {
  status: number;
}

export interface GatewayOptions {
  supergraph: string;
  environment?: Record<string, string>;
  /** A free one unless given. */
  port?: number;
  /** More flags. */
  flags?: string[];
}

/** Starts the gateway as its own process, and resolves without waiting for it. */
export async function spawnGateway(options: GatewayOptions) {
  const { supergraph, environment = {}, flags = [], port = await freePort() } = options;
  const child = spawn(
    process.execPath,
    [script, '--supergraph', supergraph, '--port', String(port), ...flags],
    {
      env: { ...compileCache, PATH: process.env.PATH, LOG_LEVEL: 'debug', ...environment },
      stdio: 'pipe',
    },
  );
  if (child.pid !== undefined) {
    const unwatch = guard.watch({ pid: child.pid, signal: 'SIGTERM', kind: 'service' });
    child.once('exit', unwatch);
  }
  const output: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => output.push(chunk));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    url: `http://127.0.0.1:${port}`,
    ended,
    kill: (signal: NodeJS.Signals) => void child.kill(signal),
    log: () => Buffer.concat(output).toString(),
  };
}

/** The gateway as its own process, ready to be asked. */
export async function startGateway(options: GatewayOptions): Promise<GatewayProcess> {
  const gateway = await spawnGateway(options);
  const { url, ended, kill, log } = gateway;
  let running = true;
  void ended.then(() => {
    running = false;
  });
  await vi.waitFor(
    async () => {
      if (running) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    },
    { timeout: 80_000, interval: 50 },
  );
  if (!running) throw new Error(`the gateway ended:\n${log()}`);
  return {
    ...gateway,
    async query(document, headers) {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ query: document }),
      });
      return { ...((await response.json()) as GraphQLAnswer), status: response.status };
    },
    async [Symbol.asyncDispose]() {
      kill('SIGTERM');
      await ended;
    },
  };
}
