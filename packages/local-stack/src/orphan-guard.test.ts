import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { startOrphanGuard } from './orphan-guard.ts';
import { isAlive, sendSignal } from './process-signals.ts';

vi.setConfig({ testTimeout: 60_000 });

const holder = join(import.meta.dirname, '../testing/stack-holder.ts');
const patience = { timeout: 20_000 };

async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('The child has no output.');
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The child ended without a word.');
}

const pidIn = async (path: string) => Number.parseInt(await readFile(path, 'utf8'), 10);

async function startHolder(home: string) {
  const child = spawn(process.execPath, [holder, home], { stdio: ['ignore', 'pipe', 'inherit'] });
  const services: number[] = JSON.parse(await firstLine(child));
  const postgres = await pidIn(join(home, 'postgres/data/postmaster.pid'));
  const redis = await pidIn(join(home, 'redis/redis.pid'));
  return { child, pids: [...services, postgres, redis] };
}

test('a supervisor killed outright leaves no process, and the next start finds its data', {
  timeout: 120_000,
}, async () => {
  await using home = await temporaryDirectory();
  const first = await startHolder(home.path);
  expect(first.pids.map(isAlive)).toEqual(Array(7).fill(true));

  first.child.kill('SIGKILL');
  const second = await startHolder(home.path);
  await vi.waitUntil(() => !first.pids.some(isAlive), patience);

  second.child.kill('SIGKILL');
  await vi.waitUntil(() => !second.pids.some(isAlive), patience);
});

test('a guard that somebody kills is replaced and knows what it has to watch', async () => {
  using guard = startOrphanGuard();
  await using sleeper = sleepingProcess();
  guard.watch({ pid: sleeper.pid, signal: 'SIGTERM', kind: 'server' });
  const killed = guard.pid ?? 0;

  sendSignal(killed, 'SIGKILL');
  await vi.waitUntil(() => guard.pid !== killed, patience);
  // A closed pipe is all the guard ever sees of a dead supervisor.
  guard.close();

  await vi.waitUntil(() => !isAlive(sleeper.pid), patience);
});

test('a process that has ended is forgotten', async () => {
  const guard = startOrphanGuard();
  await using sleeper = sleepingProcess();
  guard.watch({ pid: sleeper.pid, signal: 'SIGTERM', kind: 'server' })();
  const { pid = 0 } = guard;

  guard.close();
  await vi.waitUntil(() => !isAlive(pid), patience);

  expect(isAlive(sleeper.pid)).toBe(true);
});

function sleepingProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  if (child.pid === undefined) throw new Error('The process did not start.');
  return { pid: child.pid, [Symbol.asyncDispose]: async () => void child.kill('SIGKILL') };
}
