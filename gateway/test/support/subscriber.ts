import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { GatewayProcess } from './gateway-process.ts';

export interface Subscriber extends AsyncDisposable {
  /** Opens a subscription; its results come one by one. */
  subscribe(
    query: string,
    variables?: Record<string, unknown>,
  ): AsyncIterableIterator<ExecutionResult>;
  /** How the socket ended. */
  closed: Promise<{ code: number; reason: string }>;
}

/** A client with a socket of its own. */
export function createSubscriber(
  { url }: Pick<GatewayProcess, 'url'>,
  connectionParams: Record<string, unknown> = {},
): Subscriber {
  const closed = Promise.withResolvers<{ code: number; reason: string }>();
  const client = createClient({
    url: `${url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams,
    retryAttempts: 0,
    lazy: false,
    lazyCloseTimeout: 0,
    onNonLazyError: () => {},
    on: {
      closed: (event) => {
        const { code, reason } = event as { code: number; reason: string };
        closed.resolve({ code, reason });
      },
    },
  });
  return {
    closed: closed.promise,
    subscribe: (query, variables) =>
      client.iterate({
        query,
        ...(variables && { variables }),
      }) as AsyncIterableIterator<ExecutionResult>,
    async [Symbol.asyncDispose]() {
      await client.dispose();
    },
  };
}
