import { type PassportSigner, passportHeader } from '@tributary/chassis';
import { errorCodes, TributaryError } from '@tributary/errors';
import type { GraphQLFormattedError } from 'graphql';
import { z } from 'zod';
import type { Context } from '../context.ts';
import { type AnswerError, toClientError } from './subgraph-errors.ts';

const timeoutMilliseconds = 30_000;

const answerSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z
    .array(
      z.object({
        message: z.string(),
        path: z.array(z.union([z.string(), z.number()])).optional(),
        extensions: z.record(z.string(), z.unknown()).optional(),
      }),
    )
    .optional(),
});

/** One operation for one subgraph. */
export interface SubgraphRequest {
  query: string;
  variables?: Record<string, unknown> | undefined;
  operationName?: string | undefined;
}

export interface SubgraphAnswer {
  data?: Record<string, unknown> | null;
  errors?: readonly GraphQLFormattedError[];
}

/**
 * Sends an operation with passport and request id; nothing else of the client's request goes along.
 * @throws UNAVAILABLE when the subgraph does not answer; an error to be masked when it answers no GraphQL.
 */
export type SubgraphClient = (
  request: SubgraphRequest,
  context: Context,
) => Promise<SubgraphAnswer>;

export interface SubgraphClientOptions {
  name: string;
  url: string;
  /** Undefined where subgraphs ask for no passport. */
  signPassport: PassportSigner | undefined;
  /** Whether clients may read which subgraph is away. */
  discreet: boolean;
}

export function createSubgraphClient(options: SubgraphClientOptions): SubgraphClient {
  const { name, url, signPassport } = options;
  return async (request, context) => {
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      'x-request-id': context.requestId,
    };
    if (signPassport) headers[passportHeader] = await signPassport(context.principal);
    const response = await post(url, headers, JSON.stringify(request)).catch((error: unknown) => {
      throw away(options, context, error);
    });
    const answer = answerSchema.safeParse(response.body);
    if (answer.success && (answer.data.data !== undefined || answer.data.errors)) {
      return toAnswer(name, answer.data, context);
    }
    if (response.status >= 500) throw away(options, context, `status ${response.status}`);
    throw new Error(`The subgraph ${name} answered ${response.status} without GraphQL.`);
  };
}

async function post(
  url: string,
  headers: Record<string, string>,
  body: string,
): Promise<{ status: number; body: unknown }> {
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'error' });
  const text = await response.text();
  return { status: response.status, body: parseJson(text) };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toAnswer(
  name: string,
  { data, errors }: z.infer<typeof answerSchema>,
  { logger }: Context,
): SubgraphAnswer {
  const report = (error: AnswerError) =>
    logger.error({ subgraph: name, error }, 'a subgraph failed unexpectedly');
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map((error) => toClientError(error, report)) }),
  };
}

function away(options: SubgraphClientOptions, context: Context, error: unknown): TributaryError {
  const { name, discreet } = options;
  context.logger.warn({ subgraph: name, err: error }, 'a subgraph does not answer');
  return new TributaryError(
    'UNAVAILABLE',
    discreet ? errorCodes.UNAVAILABLE.meaning : `The subgraph ${name} does not answer.`,
  );
}
