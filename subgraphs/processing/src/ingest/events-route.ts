/** `POST /v1/events`: write key → body → records → verdicts. Problems are RFC 9457 problem details. */
import type { Logger } from '@tributary/chassis';
import { originalError, TributaryError } from '@tributary/errors';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { AcceptBatch } from './accept-batch.ts';
import { drainBody } from './drain-body.ts';
import type { IdentifySource, KeyedSource } from './identify-source.ts';
import { mediaTypes, readBatch } from './read-batch.ts';
import { statusOf } from './verdict.ts';

const retryAfterSeconds = '2';

export interface EventsRouteOptions {
  http: FastifyInstance;
  identifySource: IdentifySource;
  acceptBatch: AcceptBatch;
}

/** Adds the route with body parsers of its own; the key is checked before the body is read. */
export async function mountEventsRoute(options: EventsRouteOptions): Promise<void> {
  const { http, identifySource, acceptBatch } = options;
  const sources = new WeakMap<FastifyRequest, KeyedSource>();

  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(mediaTypes, { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(async (error: FastifyError, request, reply) => {
      const code = originalError(error)?.code;
      if (error.statusCode === 413) await drainBody(request.raw);
      if (code === 'UNAVAILABLE') reply.header('retry-after', retryAfterSeconds);
      if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
      throw error;
    });
    scope.post('/v1/events', {
      onRequest: async (request) => {
        sources.set(request, await sourceOf(request, identifySource));
      },
      handler: async (request, reply) => {
        const source = sources.get(request);
        if (!source) throw unknownKey();
        const records = readBatch(bodyOf(request), mediaTypeOf(request));
        const logger = request.log as Logger;
        const answer = await acceptBatch({ source, records, requestId: request.id, logger });
        return reply.status(statusOf(answer)).send(answer);
      },
    });
  });
}

async function sourceOf(request: FastifyRequest, identify: IdentifySource): Promise<KeyedSource> {
  const source = await identify(writeKeyOf(request)).catch((error: unknown) => {
    request.log.error({ err: error }, 'could not look a write key up');
    throw new TributaryError('UNAVAILABLE', 'The write key cannot be checked now. Try again.');
  });
  if (!source) throw unknownKey();
  return source;
}

function writeKeyOf({ headers }: FastifyRequest): string {
  const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
  const given = bearer ?? headers['x-write-key'];
  return typeof given === 'string' ? given : '';
}

function unknownKey(): TributaryError {
  return new TributaryError(
    'UNAUTHENTICATED',
    'Expected the write key of a source: `Authorization: Bearer tw_…` or `X-Write-Key: tw_…`.',
  );
}

function bodyOf(request: FastifyRequest): Buffer {
  if (request.headers['content-encoding'] !== undefined) {
    throw new TributaryError('UNSUPPORTED_MEDIA_TYPE', 'Compressed bodies are not read here.');
  }
  return Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
}

function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
