import { TributaryError } from '@tributary/errors';
import type { FastifyRequest } from 'fastify';

/** A request's parameters, unchecked: the JSON body of a POST, or a GET's query string. */
export function readParameters({ method, query, body }: FastifyRequest): unknown {
  if (method !== 'GET') {
    if (body !== undefined) return body;
    throw new TributaryError('INVALID_JSON', 'Expected a body of application/json.');
  }
  const { variables, extensions, ...texts } = query as Record<string, unknown>;
  return {
    ...texts,
    variables: parseParameter('variables', variables),
    extensions: parseParameter('extensions', extensions),
  };
}

function parseParameter(name: string, text: unknown): unknown {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    throw new TributaryError('INVALID_INPUT', `${name}: expected JSON.`, [name]);
  }
}
