import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { assertPortFree, freePort, freePorts } from './free-port.ts';

test('a busy port is said together with what to type instead', async () => {
  const port = await freePort();
  await using server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));

  await expect(assertPortFree(port)).rejects.toThrow(
    `Port ${port} is already in use. Set PORT to another one, for example: PORT=${port + 1} npm start`,
  );
});

test('a free port passes and stays free', async () => {
  const port = await freePort();
  await assertPortFree(port);
  await assertPortFree(port);
});

test('ports asked for together are all different', async () => {
  expect(new Set(await freePorts(20)).size).toBe(20);
});
