import type { Logger } from '@tributary/chassis';
import { originalError, TributaryError } from '@tributary/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { Engine } from '../engine.ts';
import type { Identify } from '../identity/identify.ts';
import type { AnswerOperation } from '../operations/answer-operation.ts';
import { parseGraphQLRequest } from '../operations/graphql-request.ts';
import type { GraphQLMetrics } from '../telemetry/graphql-metrics.ts';
import {
  refusalBody,
  refusalStatus,
  sendBody,
  toGraphQLError,
} from './graphql-over-http/answers.ts';
import { assertNoForgery } from './graphql-over-http/assert-no-forgery.ts';
import { type MediaType, mediaTypes, negotiateMediaType } from './graphql-over-http/media-type.ts';
import { readParameters } from './graphql-over-http/read-parameters.ts';

export const graphqlBodyLimit = 10 * 1_048_576;

export interface GraphQLPluginOptions {
  /** The engine that serves at this moment. */
  engine: () => Engine;
  answerOperation: AnswerOperation;
  identify: Identify;
  metrics: GraphQLMetrics;
}

/**
 * GraphQL over HTTP at `/graphql` (https://graphql.github.io/graphql-over-http/draft/).
 * A token that is not good is refused before the body is read.
 */
export function useGraphQL(http: FastifyInstance, options: GraphQLPluginOptions): void {
  const { engine, answerOperation, identify, metrics } = options;
  const contexts = new WeakMap<FastifyRequest, Context>();

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const startedAt = performance.now();
    const type = requireMediaType(request);
    const isGet = request.method === 'GET';
    if (isGet) assertNoForgery(request.headers);
    const parameters = parseGraphQLRequest(readParameters(request));
    const context = { ...contextOf(request), signal: abandonment(reply) };
    const kinds = isGet ? (['query'] as const) : (['query', 'mutation'] as const);
    const answer = await answerOperation(engine(), { ...parameters, kinds }, context);
    const ok = answer.kind === 'executed' && !answer.hasErrors;
    metrics.observe(ok ? 'ok' : 'errors', (performance.now() - startedAt) / 1000);
    if (answer.kind === 'executed') return sendBody(reply, type, 200, answer.body);
    const status = refusalStatus(answer.errors, type);
    return sendBody(reply, type, status, refusalBody(answer.errors, request.id));
  }

  function contextOf(request: FastifyRequest): Context {
    const context = contexts.get(request);
    if (!context) throw new Error('A request reached its handler before anyone asked who sent it.');
    return context;
  }

  http.route({
    method: ['GET', 'POST'],
    url: '/graphql',
    bodyLimit: graphqlBodyLimit,
    onRequest: async (request) => {
      const { principal } = await identify(request.headers.authorization);
      contexts.set(request, { principal, requestId: request.id, logger: request.log as Logger });
    },
    handler: handle,
    errorHandler: (error: FastifyError, request, reply) => {
      metrics.count('refused');
      const known = originalError(error) ?? ofFastify(error);
      if (!known) request.log.error({ err: error }, 'unexpected error');
      const refusal = known ?? new TributaryError('INTERNAL', error.message);
      const type = negotiateMediaType(request.headers.accept) ?? 'application/json';
      const body = refusalBody([toGraphQLError(known ?? error)], request.id);
      return sendBody(reply, type, refusal.status, body);
    },
  });
}

function requireMediaType({ headers }: FastifyRequest): MediaType {
  const type = negotiateMediaType(headers.accept);
  if (type) return type;
  throw new TributaryError('NOT_ACCEPTABLE', `Accept one of ${mediaTypes.join(', ')}.`);
}

/** Aborted when the client is gone before it has its answer. */
function abandonment(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) controller.abort();
  });
  return controller.signal;
}

function ofFastify(error: FastifyError): TributaryError | undefined {
  switch (error.statusCode) {
    case 400:
      return new TributaryError('INVALID_JSON', error.message);
    case 413:
      return new TributaryError('TOO_LARGE', 'A GraphQL request may hold 10 MB.');
    case 415:
      return new TributaryError('UNSUPPORTED_MEDIA_TYPE', 'Expected application/json.');
    default:
      return undefined;
  }
}
