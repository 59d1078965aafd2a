import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { startGateway } from './support/gateway-process.ts';
import { startTestSupergraph } from './support/test-supergraph.ts';

test('when all who asked have left their fetch is broken off, not before and without a fault in the log', async () => {
  const asked: IncomingMessage[] = [];
  const broken = Promise.withResolvers<void>();
  const silent = createServer((request, response) => {
    asked.push(request);
    response.once('close', broken.resolve);
  }).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  using _ = { [Symbol.dispose]: () => void silent.close().closeAllConnections() };
  await using supergraph = await startTestSupergraph();
  const { port } = silent.address() as AddressInfo;
  const sdl = await readFile(supergraph.path, 'utf8');
  await writeFile(supergraph.path, sdl.replace(supergraph.boards.url, `http://127.0.0.1:${port}/`));
  await using gateway = await startGateway({ supergraph: supergraph.path });
  const ask = (controller: AbortController) =>
    fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ widget(id: 1) { title } }"}',
      signal: controller.signal,
    }).catch(() => {});
  const shared = async () =>
    (await (await fetch(`${gateway.url}/metrics`)).text()).match(
      /cache="answer",result="hit".*\} (\d)/,
    )?.[1];
  const [one, other] = [new AbortController(), new AbortController()];

  void ask(one);
  void ask(other);
  await expect.poll(shared).toBe('1');
  one.abort();
  const first = await Promise.race([broken.promise, gateway.query('{ __typename }')]);
  expect(first).toMatchObject({ data: { __typename: 'Query' } });
  other.abort();

  await broken.promise;
  expect(asked).toHaveLength(1);
  gateway.kill('SIGTERM');
  await gateway.ended;
  expect(gateway.log()).not.toMatch(/"level":"(error|warn)".*(fetch|unexpected)/);
});
