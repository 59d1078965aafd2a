import type { FastifyInstance } from 'fastify';
import type { Subscriptions } from '../subscribe/create-subscriptions.ts';

/** WebSockets at `/graphql`; other upgrades are refused. Subscribers are ended before the server waits for them. */
export function useSubscriptions(http: FastifyInstance, { sockets, close }: Subscriptions): void {
  http.server.on('upgrade', (request, socket, head) => {
    // A client may be gone before its socket belongs to anyone who listens for errors.
    socket.on('error', () => socket.destroy());
    if (request.url?.split('?', 1)[0] !== '/graphql') {
      socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (client) =>
      sockets.emit('connection', client, request),
    );
  });
  http.addHook('preClose', close);
}
