import { originalError, TributaryError } from '@tributary/errors';
import type { FastifyError } from 'fastify';

/** Fastify's own refusals of a request in our terms; undefined for what nobody expected. */
export function toTributaryError(error: FastifyError): TributaryError | undefined {
  const known = originalError(error);
  if (known) return known;
  switch (error.statusCode) {
    case 400:
      return new TributaryError('INVALID_JSON', error.message);
    // A path that reaches outside the folder of files.
    case 403:
    case 404:
      return new TributaryError('NOT_FOUND', error.message);
    case 413:
      return new TributaryError('TOO_LARGE', 'The body is larger than 10 MB. Send it in parts.');
    case 415:
      return new TributaryError('UNSUPPORTED_MEDIA_TYPE', error.message);
    default:
      return undefined;
  }
}
