/**
 * `POST /v1/events` and the Segment HTTP API: write key → room → body → records → verdicts.
 * Problems are RFC 9457 problem details.
 */
import { finished, Readable } from 'node:stream';
import compress from '@fastify/compress';
import type { Logger } from '@tributary/chassis';
import { originalError, TributaryError, toProblem } from '@tributary/errors';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { AcceptBatch, ReceivedBatch } from './accept-batch.ts';
import type { Admission } from './admission.ts';
import { drainBody } from './drain-body.ts';
import { endWhenSilent } from './end-when-silent.ts';
import type { IdentifySource, KeyedSource } from './identify-source.ts';
import { jsonTypes, ndjsonTypes, readBatch, readDocument } from './read-batch.ts';
import { segmentBatch, segmentCalls, segmentRecord } from './segment-records.ts';
import { StreamStopped, takeStream } from './take-stream.ts';
import { type IngestAnswer, statusOf } from './verdict.ts';
import { writeKeyOf } from './write-key-of.ts';

const retryAfterSeconds = '2';
/** What a body may hold, unpacked, unless it is a stream; the service's limit. */
const largestBody = 10_485_760;

type Take = (
  request: FastifyRequest,
  batch: Omit<ReceivedBatch, 'records'>,
) => Promise<IngestAnswer>;

export interface IngestRoutesOptions {
  http: FastifyInstance;
  identifySource: IdentifySource;
  admission: Admission;
  acceptBatch: AcceptBatch;
}

/** Adds the routes with body parsers of their own; the key is checked before the body is read. */
export async function mountIngestRoutes(options: IngestRoutesOptions): Promise<void> {
  const { http, identifySource, admission, acceptBatch } = options;
  const sources = new WeakMap<FastifyRequest, KeyedSource>();

  await http.register(async (scope) => {
    await scope.register(compress, { global: false });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(jsonTypes, { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.addContentTypeParser(ndjsonTypes, (_request, body, done) => done(null, body));
    scope.setErrorHandler(async (error: FastifyError, request, reply) => {
      const known = originalError(error);
      const code = known?.code;
      const isHalfRead = request.body instanceof Readable;
      if (error.statusCode === 413 || code === 'RATE_LIMITED' || isHalfRead) {
        await drainBody(request.raw);
      }
      if (code === 'UNAVAILABLE' || code === 'RATE_LIMITED') {
        reply.header('retry-after', retryAfterSeconds);
      }
      if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
      if (!(known instanceof StreamStopped)) throw error;
      const problem = { ...toProblem(known, request.id), ...known.taken };
      return reply.status(known.status).type('application/problem+json').send(problem);
    });

    function mount(path: string, take: Take): void {
      scope.post(path, {
        compress: false,
        decompress: { requestEncodings: ['gzip', 'zstd', 'deflate', 'br', 'identity'] },
        onRequest: async (request, reply) => {
          endWhenSilent(request.raw);
          sources.set(request, await sourceOf(request, identifySource));
          // Also told of a client that left during the look-up, which `close` would not be again.
          finished(reply.raw, admission.enter(weightOf(request)));
        },
        handler: async (request, reply) => {
          const source = sources.get(request);
          if (!source) throw unknownKey();
          const logger = request.log as Logger;
          const answer = await take(request, { source, requestId: request.id, logger });
          return reply.status(statusOf(answer)).send(answer);
        },
      });
    }

    mount('/v1/events', (request, batch) => {
      const { body } = request;
      if (body instanceof Readable) return takeStream(body, { ...batch, acceptBatch });
      return acceptBatch({ ...batch, records: readBatch(bodyOf(request), mediaTypeOf(request)) });
    });
    mount('/v1/batch', (request, batch) =>
      acceptBatch({ ...batch, records: segmentBatch(readDocument(bodyOf(request))) }),
    );
    for (const call of segmentCalls) {
      mount(`/v1/${call}`, (request, batch) =>
        acceptBatch({ ...batch, records: [segmentRecord(call, readDocument(bodyOf(request)))] }),
      );
    }
  });
}

/** @throws UNSUPPORTED_MEDIA_TYPE for a stream. */
function bodyOf({ body }: FastifyRequest): Buffer {
  if (body instanceof Readable) {
    throw new TributaryError('UNSUPPORTED_MEDIA_TYPE', 'Expected one JSON document, got NDJSON.');
  }
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0);
}

async function sourceOf(request: FastifyRequest, identify: IdentifySource): Promise<KeyedSource> {
  const source = await identify(writeKeyOf(request.headers)).catch((error: unknown) => {
    request.log.error({ err: error }, 'could not look a write key up');
    throw new TributaryError('UNAVAILABLE', 'The write key cannot be checked now. Try again.');
  });
  if (!source) throw unknownKey();
  return source;
}

function unknownKey(): TributaryError {
  return new TributaryError(
    'UNAUTHENTICATED',
    'Expected the write key of a source: `Authorization: Bearer tw_…` or `X-Write-Key: tw_…`.',
  );
}

/** A body that is packed or of unknown length may become as large as any; of a stream, its verdicts may. */
function weightOf({ headers }: FastifyRequest): number {
  const length = Number(headers['content-length']);
  const isKnown = headers['content-encoding'] === undefined && Number.isInteger(length);
  return isKnown ? Math.min(length, largestBody) : largestBody;
}

function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
