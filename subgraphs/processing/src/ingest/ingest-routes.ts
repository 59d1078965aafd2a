/**
 * `POST /v1/events` and the Segment HTTP API: write key → room → body → records → verdicts.
 * Problems are RFC 9457 problem details.
 */
import { finished } from 'node:stream';
import compress from '@fastify/compress';
import type { Logger } from '@tributary/chassis';
import { originalError, TributaryError } from '@tributary/errors';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import type { AcceptBatch } from './accept-batch.ts';
import type { Admission } from './admission.ts';
import { drainBody } from './drain-body.ts';
import type { IdentifySource, KeyedSource } from './identify-source.ts';
import { mediaTypes, type RawRecord, readBatch, readDocument } from './read-batch.ts';
import { segmentBatch, segmentCalls, segmentRecord } from './segment-records.ts';
import { statusOf } from './verdict.ts';
import { writeKeyOf } from './write-key-of.ts';

const retryAfterSeconds = '2';
/** What a body may hold, unpacked; the service's limit. */
const largestBody = 10_485_760;

type ReadRecords = (body: Buffer, mediaType: string) => RawRecord[];

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
    scope.addContentTypeParser(mediaTypes, { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(async (error: FastifyError, request, reply) => {
      const code = originalError(error)?.code;
      if (error.statusCode === 413 || code === 'RATE_LIMITED') await drainBody(request.raw);
      if (code === 'UNAVAILABLE' || code === 'RATE_LIMITED') {
        reply.header('retry-after', retryAfterSeconds);
      }
      if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
      throw error;
    });

    function mount(path: string, readRecords: ReadRecords): void {
      scope.post(path, {
        compress: false,
        decompress: { requestEncodings: ['gzip', 'zstd', 'deflate', 'br', 'identity'] },
        onRequest: async (request, reply) => {
          sources.set(request, await sourceOf(request, identifySource));
          // Also told of a client that left during the look-up, which `close` would not be again.
          finished(reply.raw, admission.enter(weightOf(request)));
        },
        handler: async (request, reply) => {
          const source = sources.get(request);
          if (!source) throw unknownKey();
          const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
          const records = readRecords(body, mediaTypeOf(request));
          const logger = request.log as Logger;
          const answer = await acceptBatch({ source, records, requestId: request.id, logger });
          return reply.status(statusOf(answer)).send(answer);
        },
      });
    }

    mount('/v1/events', readBatch);
    mount('/v1/batch', (body) => segmentBatch(readDocument(body)));
    for (const call of segmentCalls) {
      mount(`/v1/${call}`, (body) => [segmentRecord(call, readDocument(body))]);
    }
  });
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

/** A body that is packed or of unknown length may become as large as any. */
function weightOf({ headers }: FastifyRequest): number {
  const length = Number(headers['content-length']);
  const isKnown = headers['content-encoding'] === undefined && Number.isInteger(length);
  return isKnown ? Math.min(length, largestBody) : largestBody;
}

function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
