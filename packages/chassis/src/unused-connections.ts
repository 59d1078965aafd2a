import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/**
 * Connections that have not asked for anything yet, which browsers and HTTP clients keep in store. A
 * server that closes waits for them, because Node counts them as busy until their first request.
 * @returns what ends those there are, and whatever connects after.
 */
export function trackUnusedConnections(server: Server): () => void {
  const unused = new Set<Socket>();
  const use = ({ socket }: IncomingMessage) => void unused.delete(socket);
  let over = false;
  server.on('connection', (socket) => {
    if (over) return void socket.destroy();
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', use);
  server.on('upgrade', use);
  return () => {
    over = true;
    for (const socket of unused) socket.destroy();
  };
}
