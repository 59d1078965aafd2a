import { join } from 'node:path';
import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import { temporaryDirectory } from '../testing/temporary-directory.ts';
import { freePort } from './free-port.ts';
import { isAlive, sendSignal } from './process-signals.ts';
import { startRedis } from './redis.ts';
import { syncAppends } from './redis-syncing.ts';

vi.setConfig({ testTimeout: 60_000 });

const start = async (directory: string, lines: string[] = []) =>
  startRedis({ directory, port: await freePort(), log: (line) => lines.push(line) });

async function call(url: string, command: string, ...args: string[]): Promise<unknown> {
  const client = new Redis(url);
  client.on('error', () => {});
  try {
    return await client.call(command, ...args);
  } finally {
    client.disconnect();
  }
}

test('what was acknowledged survives a stop, a restart and a kill', async () => {
  await using home = await temporaryDirectory();
  const first = await start(home.path);
  await call(first.url, 'SET', 'a', '1');
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const lines: string[] = [];
  await using second = await start(home.path, lines);
  await call(second.url, 'SET', 'b', '2');
  await second.restart();
  await call(second.url, 'SET', 'c', '3');
  const killed = second.pid;
  sendSignal(killed, 'SIGKILL');
  await vi.waitUntil(() => second.pid !== killed, { timeout: 20_000 });

  expect(await call(second.url, 'MGET', 'a', 'b', 'c')).toEqual(['1', '2', '3']);
  expect(lines).toEqual(['Redis was ended by SIGKILL; starting it again']);
});

test('it never evicts, writes before it answers and wants its password', async () => {
  await using home = await temporaryDirectory();
  await using server = await start(home.path);
  const setting = async (name: string) => call(server.url, 'CONFIG', 'GET', name);
  expect(await setting('maxmemory-policy')).toEqual(['maxmemory-policy', 'noeviction']);
  // With `everysec` it answers first while a sync is under way, and kill -9 loses what it answered.
  expect(await setting('appendonly')).toEqual(['appendonly', 'yes']);
  expect(await setting('appendfsync')).toEqual(['appendfsync', 'no']);
  expect(await setting('bind')).toEqual(['bind', '127.0.0.1']);
  const { host } = new URL(server.url);
  await expect(call(`redis://${host}`, 'PING')).rejects.toThrow('NOAUTH');
});

test('what it appends is written through to the disk, also to the file that follows a rewrite', async () => {
  await using home = await temporaryDirectory();
  await using server = await start(home.path);
  const data = join(home.path, 'data');
  await call(server.url, 'SET', 'a', '1');
  expect(await syncAppends(data)).toEqual(['appendonlydir/appendonly.aof.1.incr.aof']);
  await call(server.url, 'BGREWRITEAOF');
  await vi.waitFor(async () => {
    await call(server.url, 'SET', 'b', '2');
    expect(await syncAppends(data)).toEqual(['appendonlydir/appendonly.aof.2.incr.aof']);
  });
});

test('a second server on the same directory is refused while the first runs', async () => {
  await using home = await temporaryDirectory();
  await using server = await start(home.path);
  await expect(start(home.path)).rejects.toThrow(
    new RegExp(`Redis already runs in ${home.path}.* \\(process ${server.pid}\\)`),
  );
});
