import { ApolloClient, ApolloLink, HttpLink } from '@apollo/client';
import { SetContextLink } from '@apollo/client/link/context';
import { ErrorLink } from '@apollo/client/link/error';
import { OperationTypeNode } from 'graphql';
import type { Client } from 'graphql-ws';
import { from, mergeMap, throwError } from 'rxjs';
import type { SessionStore } from '../session/session-store.ts';
import { fetchWithServerTime } from '../time/server-time.ts';
import type { ConnectionStore } from './connection-store.ts';
import { createCache } from './create-cache.ts';
import { isUnauthenticated } from './is-unauthenticated.ts';
import { createResumeLink } from './resume-link.ts';
import { authorizationOf } from './socket.ts';
import { createSubscriptionLink } from './subscription-link.ts';

declare module '@apollo/client' {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface WatchQuery {
        errorPolicy: 'all';
      }
    }
  }
}

/**
 * Apollo's client: queries and mutations by HTTP, subscriptions by WebSocket. When an answer says that
 * the token is not accepted, the session is renewed and the operation sent again; or else it is over.
 */
export function createGraphClient(dependencies: {
  session: SessionStore;
  socket: Client;
  connection: ConnectionStore;
}): ApolloClient {
  const { session, socket, connection } = dependencies;
  const authorize = new SetContextLink(({ headers }) => ({
    headers: { ...headers, ...authorizationOf(session) },
  }));
  const renewRefusedSession = new ErrorLink(({ error, operation, forward }) => {
    if (!isUnauthenticated(error) || !session.current().session) return undefined;
    return from(session.renew()).pipe(
      mergeMap((isRenewed) => (isRenewed ? forward(operation) : throwError(() => error))),
    );
  });
  return new ApolloClient({
    cache: createCache(),
    link: ApolloLink.from([
      renewRefusedSession,
      ApolloLink.split(
        ({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION,
        createResumeLink(connection).concat(createSubscriptionLink(socket)),
        authorize.concat(new HttpLink({ uri: '/graphql', fetch: fetchWithServerTime })),
      ),
    ]),
    // A page shows what answered, and says what did not.
    defaultOptions: { watchQuery: { errorPolicy: 'all' } },
  });
}
