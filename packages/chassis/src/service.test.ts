import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { createKeyPair } from '@tributary/testkit';
import { expect, test } from 'vitest';

const subgraph = `
  import { createService, mountSubgraph } from '${new URL('index.ts', import.meta.url).pathname}';
  const environment = { HOST: '127.0.0.1', PORT: 0, LOG_LEVEL: 'info' };
  const service = createService({ name: 'test', environment });
  await mountSubgraph({
    service,
    typeDefs: 'type Query { hello: String }',
    resolvers: { Query: { hello: () => 'hello' } },
    passportPublicKey: process.env.PASSPORT_PUBLIC_KEY,
    createContext: (facts) => facts,
  });
  await service.start();
`;

async function startSubgraph() {
  const { publicKey } = await createKeyPair();
  const child = spawn(process.execPath, ['--input-type=module', '-e', subgraph], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PASSPORT_PUBLIC_KEY: publicKey },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    const { msg, address } = JSON.parse(line);
    if (msg === 'listening') return { child, port: Number(new URL(address).port) };
  }
  throw new Error('It ended before it listened.');
}

test('a subgraph ends by itself, with code 0, when it is told to in production', async () => {
  const { child } = await startSubgraph();
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});

test('a connection that a client keeps in store does not keep it from ending', async () => {
  const { child, port } = await startSubgraph();
  const spare = connect(port, '127.0.0.1');
  spare.on('error', () => {});
  await once(spare, 'connect');
  // Answered after the spare one was accepted.
  expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit', { signal: AbortSignal.timeout(20_000) });
  expect(code).toBe(0);
});
