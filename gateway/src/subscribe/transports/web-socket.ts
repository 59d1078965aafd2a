/**
 * graphql-transport-ws: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
 * Spoken here and not by graphql-ws's server, which makes an iterator and promises of each
 * subscription and serialises each result anew: ours are written once for many.
 */
import type { IncomingMessage } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { clientFactsOf } from '../../identity/client-facts-of.ts';
import type { Identify } from '../../identity/identify.ts';
import { clientIdentity } from '../../plugins/graphql-over-http/client-identity.ts';
import type { Clients } from '../clients.ts';
import type { Subscribe } from '../subscribe.ts';
import { createSocketSession } from './socket-session.ts';

const subprotocol = 'graphql-transport-ws';
const largestMessageBytes = 1_048_576;
const pingSeconds = 15;
const subprotocolNotAcceptable = 4406;

export interface WebSocketTransportOptions {
  identify: Identify;
  subscribe: Subscribe;
  clients: Clients;
  /** Proxies in front whose word on a client's address is believed. */
  trustedProxies: number;
  /** How long a socket may stay on which nothing is subscribed. */
  idleMilliseconds: number;
}

/** Takes over sockets from an HTTP server's upgrade requests, with its `connection` event. */
export function createWebSocketTransport(options: WebSocketTransportOptions): WebSocketServer {
  const { trustedProxies } = options;
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessageBytes,
    // Compression would cost every client its own buffers, and every result its work anew.
    perMessageDeflate: false,
    handleProtocols: (offered) => offered.has(subprotocol) && subprotocol,
  });
  const alive = new WeakSet<WebSocket>();

  sockets.on('connection', (socket: WebSocket, request: IncomingMessage) => {
    socket.on('error', () => socket.terminate());
    if (socket.protocol !== subprotocol) {
      socket.close(subprotocolNotAcceptable, `expected ${subprotocol}`);
      return;
    }
    alive.add(socket);
    socket.on('pong', () => alive.add(socket));
    const { address } = clientFactsOf(request, trustedProxies);
    createSocketSession({
      ...options,
      socket,
      connection: request.socket,
      sender: { address, origin: request.headers.origin },
      application: clientIdentity(request.headers),
    });
  });

  const stopPinging = startPinging(sockets, (socket) => {
    if (alive.delete(socket)) socket.ping();
    else socket.terminate();
  });
  sockets.on('close', stopPinging);
  return sockets;
}

/** A share of the sockets each second, so that no result waits until all of them were pinged. */
function startPinging({ clients }: WebSocketServer, ping: (socket: WebSocket) => void): () => void {
  let second = 0;
  let round = clients.values();
  const timer = setInterval(() => {
    if (second === 0) round = clients.values();
    second = (second + 1) % pingSeconds;
    for (let left = Math.ceil(clients.size / pingSeconds); left > 0; left -= 1) {
      const { value: socket } = round.next();
      if (socket) ping(socket);
    }
  }, 1_000);
  timer.unref();
  return () => clearInterval(timer);
}
