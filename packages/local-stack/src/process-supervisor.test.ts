import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { freePort } from './free-port.ts';
import { isAlive } from './process-signals.ts';
import { createSupervisor, type ServiceProcess } from './process-supervisor.ts';

vi.setConfig({ testTimeout: 60_000 });

const script = join(import.meta.dirname, '../testing/stand-in-service.ts');

async function supervised() {
  const home = await temporaryDirectory();
  const lines: string[] = [];
  const supervisor = createSupervisor({ log: (line) => lines.push(line), logDirectory: home.path });
  return {
    supervisor,
    lines,
    readLog: (name: string) => readFile(join(home.path, `${name}.log`), 'utf8'),
    async [Symbol.asyncDispose]() {
      await supervisor.stopAll();
      await home[Symbol.asyncDispose]();
    },
  };
}

async function standIn(name: string, overrides: Partial<ServiceProcess> = {}) {
  const port = await freePort();
  const readyUrl = `http://127.0.0.1:${port}/health/ready`;
  return {
    name,
    script,
    readyUrl,
    ...overrides,
    env: { NAME: name, PORT: `${port}`, ...overrides.env },
  };
}

test('a service is handed out once it answers', async () => {
  await using run = await supervised();
  const service = await standIn('alpha');
  await run.supervisor.run(service);
  expect((await fetch(service.readyUrl)).status).toBe(200);
});

test('a service killed outright is started again, and one line says so', async () => {
  await using run = await supervised();
  const service = await standIn('alpha');
  await run.supervisor.run(service);
  const killed = run.supervisor.pid('alpha');

  run.supervisor.kill('alpha', 'SIGKILL');

  const isBack = async () => (await fetch(service.readyUrl).catch(() => undefined))?.status === 200;
  await vi.waitUntil(isBack, { timeout: 20_000 });
  expect(run.supervisor.pid('alpha')).not.toBe(killed);
  expect(run.lines).toEqual([
    expect.stringMatching(
      /^alpha was ended by SIGKILL; starting it again in 250 ms, see .*alpha\.log$/,
    ),
  ]);
});

test('a service that dies at boot rejects with what it printed', async () => {
  await using run = await supervised();
  const service = await standIn('alpha', { env: { FAIL_WITH: 'DATABASE_URL is missing' } });
  await expect(run.supervisor.run(service)).rejects.toThrow(
    /alpha ended with exit code 3 while it started.*DATABASE_URL is missing/s,
  );
});

test('a service that never becomes ready is ended and said', async () => {
  await using run = await supervised();
  const service = await standIn('alpha', { readyMilliseconds: 1_000 });
  const started = run.supervisor.run({ ...service, readyUrl: `${service.readyUrl}-not` });
  await vi.waitUntil(() => run.supervisor.pid('alpha') !== undefined);
  const pid = run.supervisor.pid('alpha') ?? 0;

  await expect(started).rejects.toThrow('alpha did not answer within 1 s while it started');
  expect(isAlive(pid)).toBe(false);
});

test('stopping asks every service to end, the last one first, and leaves none', async () => {
  await using run = await supervised();
  for (const name of ['alpha', 'beta']) await run.supervisor.run(await standIn(name));
  const pids = ['alpha', 'beta'].map((name) => run.supervisor.pid(name) ?? 0);

  await run.supervisor.stopAll();

  expect(pids.map(isAlive)).toEqual([false, false]);
  expect(await run.readLog('alpha')).toContain('alpha ends');
  expect(run.lines).toEqual([]);
  await expect(run.supervisor.run(await standIn('gamma'))).rejects.toThrow('is stopping');
});

test('a service that is not to be restarted stays down', async () => {
  await using run = await supervised();
  await run.supervisor.run(await standIn('alpha', { restart: false }));
  run.supervisor.kill('alpha', 'SIGKILL');
  await vi.waitUntil(() => run.lines.length > 0);
  expect(run.lines).toEqual(['alpha was ended by SIGKILL']);
  expect(run.supervisor.pid('alpha')).toBeUndefined();
});
