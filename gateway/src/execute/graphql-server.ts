import type { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import type { Logger } from '@tributary/chassis';
import { formatGraphQLError } from '@tributary/errors';
import type { Context } from '../context.ts';
import type { GraphQLMetrics } from './graphql-metrics.ts';
import { measureOperations, refuseSubscriptions, reportErrors } from './operation-hooks.ts';

export interface GraphQLServerOptions {
  gateway: ApolloGateway;
  metrics: GraphQLMetrics;
  logger: Logger;
  introspection: boolean;
}

/** Parses, validates and executes operations for the HTTP edge; errors leave it masked. */
export async function createGraphQLServer({
  gateway,
  metrics,
  logger,
  introspection,
}: GraphQLServerOptions): Promise<ApolloServer<Context>> {
  const server = new ApolloServer<Context>({
    gateway,
    logger,
    introspection,
    csrfPrevention: true,
    // Registered operations take its place.
    persistedQueries: false,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    formatError: formatGraphQLError,
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      measureOperations(metrics),
      refuseSubscriptions(),
      reportErrors(),
    ],
  });
  await server.start();
  return server;
}
