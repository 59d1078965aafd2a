import { ApolloLink, CombinedGraphQLErrors } from '@apollo/client';
import { GraphQLWsLink } from '@apollo/client/link/subscriptions';
import type { Client } from 'graphql-ws';
import { from, repeat, retry, throwError } from 'rxjs';
import { waitForRetry } from './retry-wait.ts';

const resubscribeAfter = 2_000;

/**
 * Keeps subscriptions alive where the socket gives up: after a fatal close it subscribes again with
 * backoff, and when the gateway completes one (say, before it restarts) a little later.
 * A subscription that the gateway refuses with GraphQL errors is not tried again.
 */
export function createSubscriptionLink(socket: Client): ApolloLink {
  const socketLink = new GraphQLWsLink(socket);
  return new ApolloLink((operation) =>
    socketLink
      .request(operation)
      .pipe(
        repeat({ delay: resubscribeAfter }),
        retry({ delay: waitUnlessRefused, resetOnSuccess: true }),
      ),
  );
}

function waitUnlessRefused(error: unknown, attempt: number) {
  if (CombinedGraphQLErrors.is(error)) return throwError(() => error);
  return from(waitForRetry(attempt));
}
