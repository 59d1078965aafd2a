import { createClient } from 'graphql-ws';
import WebSocket from 'ws';

export interface Subscription extends Disposable {
  /** What has come so far, after the snapshot that it may begin with. */
  messages: unknown[];
  errors: unknown[];
}

/** Subscribes as a browser would, over graphql-ws. */
export function subscribe(
  options: { url: string; accessToken: string },
  query: string,
  variables?: Record<string, unknown>,
): Subscription {
  const client = createClient({
    url: `${options.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${options.accessToken}` },
    retryAttempts: 50,
    shouldRetry: () => true,
  });
  const messages: unknown[] = [];
  const errors: unknown[] = [];
  client.subscribe(
    { query, variables: variables ?? null },
    {
      next(message) {
        const { snapshot } = (message.extensions ?? {}) as { snapshot?: boolean };
        if (!snapshot) messages.push(message);
      },
      error: (error) => errors.push(error),
      complete: () => {},
    },
  );
  return { messages, errors, [Symbol.dispose]: () => void client.dispose() };
}
