import { errorCodes, formatGraphQLError, isErrorCode, originalError } from '@tributary/errors';
import type { FastifyReply } from 'fastify';
import { GraphQLError } from 'graphql';
import type { MediaType } from './media-type.ts';

/** An answer that is GraphQL, whatever it says. */
export function sendBody(
  reply: FastifyReply,
  type: MediaType,
  status: number,
  body: string | Buffer,
): FastifyReply {
  return reply.status(status).header('content-type', contentTypes[type]).send(body);
}

const contentTypes: Readonly<Record<MediaType, string>> = {
  'application/json': 'application/json; charset=utf-8',
  'application/graphql-response+json': 'application/graphql-response+json; charset=utf-8',
};

/** The body of an answer to a request that is not executed. */
export function refusalBody(errors: readonly GraphQLError[], requestId: string): string {
  const told = errors.map((error) => {
    const formatted = formatGraphQLError(error.toJSON(), error);
    return { ...formatted, extensions: { ...formatted.extensions, requestId } };
  });
  return JSON.stringify({ errors: told });
}

/** Whatever was thrown, as GraphQL has it. */
export function toGraphQLError(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return error;
  const original = error instanceof Error ? error : new Error(String(error));
  return new GraphQLError(original.message, { originalError: original });
}

/**
 * The status of a refusal: the code's own for what is ours to refuse. What GraphQL itself refuses is
 * a 400, but well-formed requests of clients that know only the old media type get a 200.
 */
export function refusalStatus(errors: readonly GraphQLError[], type: MediaType): number {
  const [first] = errors;
  const known = originalError(first);
  if (known) return known.status;
  const code = first?.extensions.code;
  if (isErrorCode(code)) return errorCodes[code].status;
  return type === 'application/json' ? 200 : 400;
}
