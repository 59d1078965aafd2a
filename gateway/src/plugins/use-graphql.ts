import etag from '@fastify/etag';
import type { Logger } from '@tributary/chassis';
import { originalError, TributaryError } from '@tributary/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../context.ts';
import type { Engine } from '../engine.ts';
import { clientFactsOf } from '../identity/client-facts-of.ts';
import type { Identify } from '../identity/identify.ts';
import type { AnswerOperation, OperationAnswer } from '../operations/answer-operation.ts';
import { cacheControlHeader } from '../operations/cache-policy.ts';
import { parseGraphQLRequest } from '../operations/graphql-request.ts';
import type { RateLimits } from '../rate-limits/rate-limits.ts';
import type { GatewayMetrics } from '../telemetry/gateway-metrics.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { assertNoForgery } from './graphql-over-http/assert-no-forgery.ts';
import { assertUtf8 } from './graphql-over-http/assert-utf8.ts';
import { clientIdentity } from './graphql-over-http/client-identity.ts';
import { type MediaType, mediaTypes, negotiateMediaType } from './graphql-over-http/media-type.ts';
import { readParameters } from './graphql-over-http/read-parameters.ts';
import { sendAnswer, sendError } from './graphql-over-http/send-answer.ts';
import { askerOfRequest, useRateLimits } from './use-rate-limits.ts';
import { dataHeaders } from './use-security-headers.ts';

export const graphqlBodyLimit = 10 * 1_048_576;

export interface GraphQLPluginOptions {
  /** The engine that serves at this moment. */
  engine: () => Engine;
  answerOperation: AnswerOperation;
  identify: Identify;
  /** Undefined where nothing is limited by rate. */
  rateLimits: RateLimits | undefined;
  trustedProxies: number;
  metrics: GatewayMetrics;
  telemetry: Telemetry;
}

/**
 * GraphQL over HTTP at `/graphql`, registered operations by GET at `/graphql/:id` too
 * (https://graphql.github.io/graphql-over-http/draft/). Who sends no good token, or too much, is
 * refused before the body is read.
 */
export async function useGraphQL(
  http: FastifyInstance,
  options: GraphQLPluginOptions,
): Promise<void> {
  const { engine, answerOperation, identify, rateLimits, metrics, telemetry } = options;
  const contexts = new WeakMap<FastifyRequest, Context>();
  const asking = { identityOf: contextOf, trustedProxies: options.trustedProxies };
  if (rateLimits) useRateLimits(http, { rateLimits, ...asking });

  function contextOf(request: FastifyRequest): Context {
    const context = contexts.get(request);
    if (!context) throw new Error('A request reached its handler before anyone asked who sent it.');
    return context;
  }

  async function identifySender(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    reply.headers(dataHeaders);
    assertUtf8(request.headers['content-type']);
    const { authorization, origin } = request.headers;
    const client = clientFactsOf(request, options.trustedProxies);
    const { principal, budgets } = await identify(authorization, {
      address: client.address,
      origin,
    });
    const logger = request.log as Logger;
    contexts.set(request, { principal, budgets, client, requestId: request.id, logger });
  }

  async function handle(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const startedAt = performance.now();
    const type = requireMediaType(request);
    const span = telemetry.request(request.headers);
    const context = { ...contextOf(request), signal: abandonment(reply), span };
    try {
      const answer = await answerRequest(request, context);
      const ok = answer.kind === 'executed' && !answer.hasErrors;
      const name = answer.kind === 'executed' ? answer.operation.name : undefined;
      span.set({ 'graphql.operation.name': name });
      if (answer.kind === 'executed' && request.method === 'GET') {
        reply.header('cache-control', cacheControlOf(answer, context));
      }
      metrics.answered(name, ok ? 'ok' : 'errors', (performance.now() - startedAt) / 1000);
      return sendAnswer(answer, type, request, reply);
    } catch (error) {
      const hasLeft = context.signal.aborted;
      span.fail(hasLeft ? 'left' : (originalError(error)?.code ?? 'INTERNAL'));
      if (!hasLeft) throw error;
      return reply.hijack();
    } finally {
      span.end();
    }
  }

  function answerRequest(request: FastifyRequest, context: Context): Promise<OperationAnswer> {
    const isGet = request.method === 'GET';
    if (isGet) assertNoForgery(request.headers);
    const { id } = request.params as { id?: string };
    return answerOperation(
      engine(),
      {
        ...parseGraphQLRequest(readParameters(request), id),
        kinds: isGet ? ['query'] : ['query', 'mutation'],
        client: clientIdentity(request.headers),
        asker: askerOfRequest(request, asking),
      },
      context,
    );
  }

  const route = {
    bodyLimit: graphqlBodyLimit,
    helmet: false as const,
    onRequest: identifySender,
    handler: handle,
    errorHandler(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
      metrics.refused();
      return sendError(error, request, reply);
    },
  };
  http.route({ ...route, method: 'POST', url: '/graphql' });
  await http.register(async (reading) => {
    // What is asked for again and has not changed is answered with 304.
    await reading.register(etag);
    reading.route({ ...route, method: 'GET', url: '/graphql' });
    reading.route({ ...route, method: 'GET', url: '/graphql/:id' });
  });
}

/** Only what was answered whole may be kept. */
function cacheControlOf(
  { hasErrors, operation }: Extract<OperationAnswer, { kind: 'executed' }>,
  { principal }: Context,
): string {
  const isPersonal = principal.kind !== 'anonymous';
  return hasErrors ? 'no-store' : cacheControlHeader(operation.cachePolicy, isPersonal);
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
