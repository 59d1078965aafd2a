import { originalError, TributaryError } from '@tributary/errors';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import type { OperationAnswer } from '../../operations/answer-operation.ts';
import { rateLimited, rateLimitHeaders } from '../../rate-limits/rate-verdict.ts';
import { refusalBody, refusalStatus, sendBody, toGraphQLError } from './answers.ts';
import { type MediaType, negotiateMediaType } from './media-type.ts';

export function sendAnswer(
  answer: OperationAnswer,
  type: MediaType,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  switch (answer.kind) {
    case 'executed':
      return sendBody(reply, type, 200, answer.body);
    case 'refused': {
      const body = refusalBody(answer.errors, request.id);
      return sendBody(reply, type, refusalStatus(answer.errors, type), body);
    }
    case 'limited': {
      const error = rateLimited(answer.verdict);
      reply.headers(rateLimitHeaders(answer.verdict));
      return sendBody(reply, type, error.status, refusalBody([toGraphQLError(error)], request.id));
    }
  }
}

/** What fails outside of GraphQL is answered as GraphQL too: clients read one shape. */
export function sendError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  const known = originalError(error) ?? ofFastify(error);
  if (!known) request.log.error({ err: error }, 'unexpected error');
  if (known?.code === 'METHOD_NOT_ALLOWED') reply.header('allow', 'POST');
  const type = negotiateMediaType(request.headers.accept) ?? 'application/json';
  const body = refusalBody([toGraphQLError(known ?? error)], request.id);
  return sendBody(reply, type, known?.status ?? 500, body);
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
