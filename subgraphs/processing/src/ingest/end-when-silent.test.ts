import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { expect, test } from 'vitest';
import { endWhenSilent } from './end-when-silent.ts';

test('a body of which nothing more comes breaks off, and one that comes slowly does not', async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  async function begin() {
    const sender = connect(port, '127.0.0.1').on('error', () => {});
    const head = 'POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n';
    sender.write(head);
    const [request] = (await once(server, 'request')) as [IncomingMessage, ServerResponse];
    endWhenSilent(request, 1_000);
    return { sender, request };
  }

  const slow = await begin();
  const silent = await begin();
  const heard: string[] = [];
  slow.request.on('data', (piece: Buffer) => heard.push(String(piece))).on('error', () => {});
  silent.request.resume().on('error', () => {});
  const timer = setInterval(() => {
    slow.sender.write('1\r\na\r\n');
  }, 50);
  await expect(once(silent.request, 'close')).rejects.toThrow('aborted');
  await expect.poll(() => heard.length).toBeGreaterThan(9);
  clearInterval(timer);
  expect([silent.request.complete, slow.request.destroyed]).toEqual([false, false]);
  slow.sender.destroy();
  server.close();
});
