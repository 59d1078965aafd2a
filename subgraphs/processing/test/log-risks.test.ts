import { createTestDatabase, createTestRedis, startSubgraph } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';

/** A database, and a Redis of whoever runs the service. */
async function startStores() {
  const stack = new AsyncDisposableStack();
  const [database, redis] = await Promise.all([
    createTestDatabase('processing'),
    createTestRedis(),
  ]);
  stack.use(database);
  stack.use(redis);
  const client = new Redis(redis.url);
  stack.defer(() => client.disconnect());
  return {
    database,
    redis,
    set: (name: string, value: string) => client.config('SET', name, value),
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

test('a Redis that may lose accepted events is warned of, and refused in production if it keeps none', async () => {
  await using stores = await startStores();
  await stores.set('appendfsync', 'everysec');
  {
    await using service = await startSubgraph('processing', {
      ...stores,
      environment: { NODE_ENV: 'production' },
    });
    await vi.waitFor(async () => expect(await service.log()).toContain('Set appendfsync always.'));
  }
  await stores.set('appendonly', 'no');
  {
    await using service = await startSubgraph('processing', stores);
    await vi.waitFor(async () => expect(await service.log()).toContain('Set appendonly yes'));
  }
  const refused = startSubgraph('processing', {
    ...stores,
    environment: { NODE_ENV: 'production' },
  });
  await expect(refused).rejects.toThrow('Set appendonly yes');
});
