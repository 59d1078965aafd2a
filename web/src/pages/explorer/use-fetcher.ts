import { createGraphiQLFetcher, type Fetcher } from '@graphiql/toolkit';
import { useMemo } from 'react';
import { authorizationOf } from '../../graph/socket.ts';
import { useSocket } from '../../graph/socket-context.ts';
import { useSessionStore } from '../../session/session-context.ts';

/** Asks the gateway as the signed-in person: by HTTP, subscriptions on the page's own socket. */
export function useFetcher(): Fetcher {
  const session = useSessionStore();
  const socket = useSocket();
  return useMemo(() => {
    const fetcher = createGraphiQLFetcher({ url: '/graphql', wsClient: socket });
    return (parameters, options) =>
      fetcher(parameters, {
        ...options,
        headers: { ...authorizationOf(session), ...options?.headers },
      });
  }, [session, socket]);
}
