/** What a gateway takes for a partner's operations while users answers slowly, or not at all. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '@tributary/chassis';
import { operationsChangedChannel } from '@tributary/operations';
import { createTestRedis } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect, test, vi } from 'vitest';
import { createPartnerRegistry } from '../src/operations/partners/partner-registry.ts';

const client = '00000000-0000-4000-8000-000000000001';
const title = '{ widget { title } }';

/** A registry, and a users service that answers each question when and as the test says. */
async function startRegistry() {
  await using started = new AsyncDisposableStack();
  const questions: ServerResponse[] = [];
  const users = createServer((_, response) => questions.push(response)).listen(0, '127.0.0.1');
  started.defer(() => {
    users.close();
    users.closeAllConnections();
  });
  await once(users, 'listening');
  const redis = started.use(await createTestRedis());
  const [subscriber, publisher] = [new Redis(redis.url), new Redis(redis.url)];
  started.defer(() => {
    subscriber.disconnect();
    publisher.disconnect();
  });
  const registry = createPartnerRegistry({
    usersUrl: `http://127.0.0.1:${(users.address() as AddressInfo).port}`,
    signPassport: async () => 'any',
    subscriber,
    logger: { warn: vi.fn() } as unknown as Logger,
  });
  const heard: string[] = [];
  registry.onChanged((each) => heard.push(each));
  const tell = async () => {
    const before = heard.length;
    await publisher.publish(operationsChangedChannel, client);
    await expect.poll(() => heard.length).toBe(before + 1);
  };
  // Heard once, the subscription is there, and nothing is asked again because of it.
  await expect
    .poll(() => publisher.publish(operationsChangedChannel, 'nobody'), { timeout: 15_000 })
    .toBe(1);
  await expect.poll(() => heard.length).toBeGreaterThan(0);

  const asked = async (count: number) => {
    await expect.poll(() => questions.length).toBe(count);
    const response = questions[count - 1];
    if (!response) throw new Error('nothing was asked');
    return response;
  };
  const resources = started.move();
  const version = async () => (await registry.operationsOf(client)).version;
  return { version, tell, asked, [Symbol.asyncDispose]: () => resources.disposeAsync() };
}

const say = (response: ServerResponse, version: number | null) =>
  response
    .setHeader('content-type', 'application/json')
    .setHeader('etag', `"${version}"`)
    .end(
      JSON.stringify({ mode: 'REGISTERED', version, operations: [{ id: 'title', text: title }] }),
    );

test('an answer from before a change that was heard meanwhile is not kept', async () => {
  await using registry = await startRegistry();
  const before = registry.version();
  const first = await registry.asked(1);
  await registry.tell();
  const after = registry.version();
  say(await registry.asked(2), 2);
  expect(await after).toBe(2);
  say(first, 1);
  expect(await before).toBe(1);
  expect(await registry.version()).toBe(2);
});

test('whoever asks after a change does not share the answer to a question from before', async () => {
  await using registry = await startRegistry();
  const before = registry.version();
  const first = await registry.asked(1);
  await registry.tell();
  const after = registry.version();
  say(first, 1);
  expect(await before).toBe(1);
  say(await registry.asked(2), null);
  expect(await after).toBeNull();
});

test('what is known to have changed does not run on because users is away', async () => {
  await using registry = await startRegistry();
  const before = registry.version();
  say(await registry.asked(1), 1);
  expect(await before).toBe(1);
  await registry.tell();
  const after = registry.version();
  (await registry.asked(2)).destroy();
  await expect(after).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});

test('an answer that is cut off counts as none', async () => {
  await using registry = await startRegistry();
  const version = registry.version();
  const response = await registry.asked(1);
  response.writeHead(200, { 'content-length': '1000' }).write('{', () => response.destroy());
  await expect(version).rejects.toMatchObject({ code: 'UNAVAILABLE' });
});
