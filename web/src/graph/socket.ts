import { type Client, createClient } from 'graphql-ws';
import type { SessionStore } from '../session/session-store.ts';
import type { ConnectionStore } from './connection-store.ts';
import { waitForRetry } from './retry-wait.ts';

const pingEvery = 10_000;
const forbidden = 4403;
const unauthorized = 4401;

/**
 * One WebSocket for all subscriptions, opened with the first of them. It reconnects forever and
 * subscribes again by itself; a ping that stays unanswered counts as a loss. When the gateway closes
 * it for want of a valid token, the session is renewed, or else it is over.
 */
export function createSocket(dependencies: {
  session: SessionStore;
  connection: ConnectionStore;
}): Client {
  const { session, connection } = dependencies;
  let pongDue: ReturnType<typeof setTimeout> | undefined;
  const client = createClient({
    url: socketUrl(),
    connectionParams: () => authorizationOf(session),
    retryAttempts: Number.POSITIVE_INFINITY,
    retryWait: waitForRetry,
    shouldRetry: () => session.current().session !== null,
    connectionAckWaitTimeout: 10_000,
    keepAlive: pingEvery,
    lazyCloseTimeout: 2_000,
    on: {
      connected: connection.connected,
      closed(event) {
        clearTimeout(pongDue);
        connection.lost();
        // Signing out ends the socket too, and leaves nothing to renew.
        if (isRefusal(event) && session.current().session) void session.renew();
      },
      ping(received) {
        if (!received) pongDue = setTimeout(() => client.terminate(), pingEvery / 2);
      },
      pong(received) {
        if (received) clearTimeout(pongDue);
      },
    },
  });
  return client;
}

export function authorizationOf(session: SessionStore): Record<string, string> {
  const token = session.current().session?.accessToken;
  return token ? { authorization: `Bearer ${token}` } : {};
}

function socketUrl(): string {
  const url = new URL('/graphql', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  return url.href;
}

function isRefusal(event: unknown): boolean {
  if (typeof event !== 'object' || event === null || !('code' in event)) return false;
  return event.code === unauthorized || event.code === forbidden;
}
