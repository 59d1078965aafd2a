import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { endWhenSilent } from './end-when-silent.ts';

test('a connection whose answer nobody takes ends', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const sender = connect(port, '127.0.0.1').on('error', () => {});
  sender.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  const [request, response] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
  endWhenSilent(request, 1_000);
  response.end(Buffer.alloc(50_000_000));
  await once(response, 'close');
  expect(response.writableFinished).toBe(false);
  sender.destroy();
  server.close();
});
