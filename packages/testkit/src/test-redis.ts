import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, type RedisServer, startRedis } from '@tributary/local-stack';
import { sharedGuard } from './shared-guard.ts';

/** A Redis server of its own, configured as `npm start` does, gone when it goes out of scope. */
export async function createTestRedis(): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'tributary-redis-'));
  const server = await startRedis({
    directory,
    port: await freePort(),
    log: () => {},
    guard: sharedGuard(),
  });
  return {
    ...server,
    get pid() {
      return server.pid;
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
