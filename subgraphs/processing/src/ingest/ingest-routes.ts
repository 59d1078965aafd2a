/**
 * `POST /v1/events` and the Segment HTTP API: write key → room → body → records → verdicts.
 * Problems are RFC 9457 problem details.
 */
import { Readable } from 'node:stream';
import compress from '@fastify/compress';
import type { Logger } from '@tributary/chassis';
import { originalError, TributaryError, toProblem } from '@tributary/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { AcceptBatch, ReceivedBatch } from './accept-batch.ts';
import type { Admission } from './admission.ts';
import { type Arrival, createArrivals } from './arrival.ts';
import type { BodyPace } from './body-pace.ts';
import { declaredLength } from './declared-length.ts';
import { endWhenSilent } from './end-when-silent.ts';
import type { IdentifySource, KeyedSource } from './identify-source.ts';
import { letGoOf } from './let-go-of.ts';
import { jsonTypes, ndjsonTypes, readBatch, readDocument } from './read-batch.ts';
import { largestBody, readWhole, tooLarge } from './read-whole.ts';
import { segmentBatch, segmentCalls, segmentRecord } from './segment-records.ts';
import { StreamStopped, takeStream } from './take-stream.ts';
import { type IngestAnswer, statusOf } from './verdict.ts';
import { writeKeyOf } from './write-key-of.ts';

const retryAfterSeconds = '2';

type Take = (
  request: FastifyRequest,
  batch: Omit<ReceivedBatch, 'records'> & Pick<Arrival, 'signal'>,
) => Promise<IngestAnswer>;

export interface IngestRoutesOptions {
  http: FastifyInstance;
  identifySource: IdentifySource;
  admission: Admission;
  pace: BodyPace;
  acceptBatch: AcceptBatch;
}

/** Adds the routes with a body parser of their own; the key is checked before the body is read. */
export async function mountIngestRoutes(options: IngestRoutesOptions): Promise<void> {
  const { http, identifySource, admission, acceptBatch } = options;
  const arrivals = createArrivals(options.pace);

  await http.register(async (scope) => {
    await scope.register(compress, { global: false });
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser([...jsonTypes, ...ndjsonTypes], (_request, body, done) =>
      done(null, body),
    );
    scope.setErrorHandler(answerProblem);

    function mount(path: string, take: Take): void {
      scope.post(path, {
        compress: false,
        decompress: { requestEncodings: ['gzip', 'zstd', 'deflate', 'br', 'identity'] },
        onRequest: async (request, reply) => {
          endWhenSilent(request.raw);
          const source = await sourceOf(request, identifySource);
          if (isTooLarge(request)) throw tooLarge();
          const leave = admission.enter(source.workspaceId, weightOf(request));
          arrivals.begin(request, reply, source, leave);
        },
        handler: async (request, reply) => {
          const { id: requestId, log } = request;
          const batch = { ...arrivals.of(request), requestId, logger: log as Logger };
          const answer = await take(request, batch);
          return reply.status(statusOf(answer)).send(answer);
        },
      });
    }

    mount('/v1/events', async (request, { signal, ...batch }) => {
      const mediaType = mediaTypeOf(request);
      if (ndjsonTypes.includes(mediaType)) {
        return takeStream(bodyOf(request), { ...batch, acceptBatch, signal });
      }
      const body = await readWhole(bodyOf(request), signal);
      return acceptBatch({ ...batch, records: readBatch(body, mediaType) });
    });
    mount('/v1/batch', async (request, { signal, ...batch }) => {
      const document = await readOneDocument(request, signal);
      return acceptBatch({ ...batch, records: segmentBatch(document) });
    });
    for (const call of segmentCalls) {
      mount(`/v1/${call}`, async (request, { signal, ...batch }) => {
        const document = await readOneDocument(request, signal);
        return acceptBatch({ ...batch, records: [segmentRecord(call, document)] });
      });
    }
  });
}

/** With what was taken before, where it is a stream that stopped. */
async function answerProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply) {
  const known = originalError(error);
  const code = known?.code;
  if (code === 'RATE_LIMITED' || code === 'TOO_LARGE' || request.body instanceof Readable) {
    await letGoOf(request, reply, code);
  }
  if (code === 'UNAVAILABLE' || code === 'RATE_LIMITED') {
    reply.header('retry-after', retryAfterSeconds);
  }
  if (code === 'UNAUTHENTICATED') reply.header('www-authenticate', 'Bearer');
  if (!(known instanceof StreamStopped)) throw error;
  const problem = { ...toProblem(known, request.id), ...known.taken };
  return reply.status(known.status).type('application/problem+json').send(problem);
}

/** @throws UNSUPPORTED_MEDIA_TYPE for a stream. */
async function readOneDocument(request: FastifyRequest, signal: AbortSignal): Promise<unknown> {
  if (ndjsonTypes.includes(mediaTypeOf(request))) {
    throw new TributaryError('UNSUPPORTED_MEDIA_TYPE', 'Expected one JSON document, got NDJSON.');
  }
  return readDocument(await readWhole(bodyOf(request), signal));
}

function bodyOf({ body }: FastifyRequest): Readable {
  return body instanceof Readable ? body : Readable.from([]);
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

/** Of a document that says so itself: read to its limit it would only hold room that others need. */
function isTooLarge(request: FastifyRequest): boolean {
  if (ndjsonTypes.includes(mediaTypeOf(request))) return false;
  return (declaredLength(request.headers) ?? 0) > largestBody;
}

/** A body that is packed or of unknown length may become as large as any; of a stream, its verdicts may. */
function weightOf({ headers }: FastifyRequest): number {
  return Math.min(declaredLength(headers) ?? largestBody, largestBody);
}

function mediaTypeOf(request: FastifyRequest): string {
  return (request.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
