import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { Logger, Principal } from '@tributary/chassis';
import { originalError, TributaryError } from '@tributary/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { GraphQLMetrics } from '../execute/graphql-metrics.ts';
import type { Identify } from '../identity/identify.ts';

/** A lookup table comes as CSV of up to 5 MB inside a mutation. */
export const graphqlBodyLimit = 6 * 1_048_576;

export interface GraphQLPluginOptions {
  server: ApolloServer<Context>;
  identify: Identify;
  metrics: GraphQLMetrics;
}

/** GraphQL over HTTP at `/graphql`. A token that is not good is refused before the body is read. */
export function useGraphQL(
  http: FastifyInstance,
  { server, identify, metrics }: GraphQLPluginOptions,
): void {
  const principals = new WeakMap<FastifyRequest, Principal>();
  http.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    bodyLimit: graphqlBodyLimit,
    onRequest: async (request) => {
      principals.set(request, (await identify(request.headers.authorization)).principal);
    },
    handler: fastifyApolloHandler(server, {
      context: async (request) => ({
        principal: principals.get(request) ?? { kind: 'anonymous' },
        requestId: request.id,
        logger: request.log as Logger,
      }),
    }),
    errorHandler: (error, request, reply) => {
      metrics.count('refused');
      return answerError(error, request, reply);
    },
  });
}

/** What fails outside of GraphQL is answered as GraphQL too: clients read one shape. */
function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const known = originalError(error) ?? ofFastify(error);
  if (!known) request.log.error({ err: error }, 'unexpected error');
  const { status, code, message } =
    known ?? new TributaryError('INTERNAL', 'Something went wrong here. Quote the request id.');
  return reply
    .status(status)
    .type('application/json; charset=utf-8')
    .send({ errors: [{ message, extensions: { code, requestId: request.id } }] });
}

function ofFastify(error: FastifyError): TributaryError | undefined {
  switch (error.statusCode) {
    case 400:
      return new TributaryError('INVALID_JSON', error.message);
    case 413:
      return new TributaryError('TOO_LARGE', 'A GraphQL request may hold 6 MB.');
    case 415:
      return new TributaryError('UNSUPPORTED_MEDIA_TYPE', 'Expected application/json.');
    default:
      return undefined;
  }
}
