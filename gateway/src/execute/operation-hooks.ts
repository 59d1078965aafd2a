import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { originalError, TributaryError } from '@tributary/errors';
import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import type { GraphQLMetrics, Outcome } from './graphql-metrics.ts';

type Hooks = ApolloServerPlugin<Context>;

/** Counts and times every request that is GraphQL, and counts those that Apollo Server turns away. */
export function measureOperations(metrics: GraphQLMetrics): Hooks {
  return {
    async invalidRequestWasReceived() {
      metrics.count('refused');
    },
    async requestDidStart() {
      const startedAt = performance.now();
      return {
        async willSendResponse(request) {
          const outcome: Outcome = errorsOf(request) ? 'errors' : 'ok';
          metrics.count(outcome);
          metrics.observe(outcome, (performance.now() - startedAt) / 1000);
        },
      };
    },
  };
}

/** Apollo's executor has no subscriptions; say where they are. */
export function refuseSubscriptions(): Hooks {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation }) {
          if (operation?.operation !== 'subscription') return;
          const refusal = new TributaryError(
            'INVALID_INPUT',
            'Subscriptions are served over a WebSocket at /graphql (protocol graphql-transport-ws).',
          );
          throw new GraphQLError(refusal.message, { originalError: refusal });
        },
      };
    },
  };
}

/** Puts the request id into every error, and what nobody expected into the log, once. */
export function reportErrors(): Hooks {
  return {
    async requestDidStart() {
      return {
        async didEncounterErrors({ errors, contextValue: { logger } }) {
          for (const error of errors.filter(isUnexpected)) {
            logger.error({ err: error.originalError ?? error }, 'unexpected error');
          }
        },
        async willSendResponse(request) {
          const { requestId } = request.contextValue;
          for (const error of errorsOf(request) ?? []) {
            Object.assign(error, { extensions: { ...error.extensions, requestId } });
          }
        },
      };
    },
  };
}

/** Just what clients see masked; what subgraphs failed in was logged where it was masked. */
function isUnexpected(error: GraphQLError): boolean {
  if (originalError(error)) return false;
  // Apollo's executor hands on what a data source threw as it is, whatever the type says.
  const code = error instanceof GraphQLError ? error.extensions.code : undefined;
  return code === undefined || code === 'INTERNAL_SERVER_ERROR';
}

function errorsOf({ response }: GraphQLRequestContextWillSendResponse<Context>) {
  return response.body.kind === 'single' ? response.body.singleResult.errors : undefined;
}
