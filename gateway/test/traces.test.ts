import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startGateway } from './support/gateway-process.ts';
import { startTestSupergraph } from './support/test-supergraph.ts';

test('a trace shows how a request was parsed, validated and planned, and each fetch', async () => {
  const bodies: string[] = [];
  const receiver = createServer(async (request, response) => {
    bodies.push(await text(request));
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  using _ = { [Symbol.dispose]: () => void receiver.close().closeAllConnections() };
  const { port } = receiver.address() as AddressInfo;
  await using supergraph = await startTestSupergraph();
  await using gateway = await startGateway({
    supergraph: supergraph.path,
    environment: { OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${port}` },
  });

  await gateway.query('{ widget(id: "1") { title metric { alertRules { name } } } }');
  gateway.kill('SIGTERM');
  await gateway.ended;

  const names = bodies.flatMap((body) => [...body.matchAll(/"name":"(\w+\.?\w+)"/g)]);
  const steps = ['graphql.parse', 'graphql.validate', 'graphql.plan'];
  expect(names.map(([, name]) => name)).toEqual(expect.arrayContaining(steps));
  expect(bodies.join()).toContain('boards');
  expect(bodies.join()).toContain('rules');
});
