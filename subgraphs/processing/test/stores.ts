import { createTestDatabase, createTestRedis } from '@tributary/testkit';

/** What the service keeps things in, each for one test or file. */
export async function startStores() {
  const stack = new AsyncDisposableStack();
  const [database, redis] = await Promise.all([
    createTestDatabase('processing'),
    createTestRedis(),
  ]);
  stack.use(database);
  stack.use(redis);
  return { database, redis, [Symbol.asyncDispose]: () => stack.disposeAsync() };
}
