import { startSubgraph } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startStores } from './stores.ts';

test('a Redis that may lose accepted events is warned of, and refused in production if it keeps none', async () => {
  await using stores = await startStores();
  const client = new Redis(stores.redis.url);
  onTestFinished(() => client.disconnect());
  await client.config('SET', 'appendfsync', 'everysec');
  {
    await using service = await startSubgraph('processing', {
      ...stores,
      environment: { NODE_ENV: 'production' },
    });
    await vi.waitFor(async () => expect(await service.log()).toContain('Set appendfsync always.'));
  }
  await client.config('SET', 'appendonly', 'no');
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
