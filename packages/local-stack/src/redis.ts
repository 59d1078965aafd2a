/**
 * A Redis server on 127.0.0.1 that keeps what it acknowledged: an append-only file, written before it
 * answers and through to disk every second, and never an eviction. What the last second held may be
 * lost with the machine, not with the process.
 */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findRedis } from './find-redis.ts';
import { type OrphanGuard, startOrphanGuard } from './orphan-guard.ts';
import { untilPreviousRunEnded } from './previous-run.ts';
import { readOrCreatePassword } from './private-file.ts';
import { startSyncing } from './redis-syncing.ts';
import { startServer } from './server-process.ts';
import type { Log } from './until-ready.ts';

export interface RedisOptions {
  /** Where its data, password, configuration and log live; created when missing. */
  directory: string;
  port: number;
  log: Log;
  /** Ends the server when this process dies; one of its own unless given. */
  guard?: OrphanGuard;
}

export interface RedisServer extends AsyncDisposable {
  url: string;
  stop(): Promise<void>;
  /** Stops and starts it on the same port, with its data. */
  restart(): Promise<void>;
  readonly pid: number;
}

export async function startRedis(options: RedisOptions): Promise<RedisServer> {
  const { directory, port, log } = options;
  const command = await findRedis(log);
  const data = join(directory, 'data');
  await mkdir(data, { recursive: true });
  const password = await readOrCreatePassword(join(directory, 'password'));
  const pidFile = join(directory, 'redis.pid');
  await untilPreviousRunEnded({ name: 'Redis', pidFile, directory: data });

  const url = `redis://:${password}@127.0.0.1:${port}`;
  const guard = options.guard ?? startOrphanGuard();
  const server = await startServer({
    name: 'Redis',
    command,
    args: [await writeConfiguration({ directory, data, pidFile, port, password })],
    logPath: join(directory, 'redis.log'),
    guard,
    kind: 'server',
    log,
    isReady: () => answers(url),
  });

  const syncing = startSyncing(data, log);
  async function stop(): Promise<void> {
    await syncing.stop();
    await server.stop();
    if (!options.guard) guard.close();
  }

  return {
    url,
    stop,
    restart: server.restart,
    [Symbol.asyncDispose]: stop,
    get pid() {
      return server.pid;
    },
  };
}

interface Configuration {
  directory: string;
  data: string;
  pidFile: string;
  port: number;
  password: string;
}

/** In a file rather than in arguments: every user of a machine can read arguments. */
async function writeConfiguration({ directory, data, pidFile, port, password }: Configuration) {
  const path = join(directory, 'redis.conf');
  const lines = [
    'bind 127.0.0.1',
    `port ${port}`,
    'protected-mode yes',
    `requirepass ${password}`,
    `dir "${data}"`,
    `pidfile "${pidFile}"`,
    'appendonly yes',
    // It writes before it answers, which `everysec` puts off while it syncs; that is done beside it.
    'appendfsync no',
    'save ""',
    'maxmemory-policy noeviction',
  ];
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
  return path;
}

/** Also false while it still reads its data, during which it answers every command by LOADING. */
async function answers(url: string): Promise<boolean> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => {});
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}
