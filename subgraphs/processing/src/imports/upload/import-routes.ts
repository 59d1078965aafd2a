/**
 * `POST /v1/imports?name=flights.csv&source=ID`: a file as the request's body, written to disk as it comes.
 * `GET /v1/imports/ID/rejected?format=csv`: the rows that were not taken. Problems are RFC 9457 problem details.
 */
import type { Readable } from 'node:stream';
import {
  authorise,
  type Logger,
  type PassportVerifier,
  principalOfRequest,
} from '@tributary/chassis';
import { originalError, TributaryError } from '@tributary/errors';
import type { FastifyError, FastifyInstance, FastifyRequest } from 'fastify';
import { validate as isUuid } from 'uuid';
import { createArrivals } from '../../ingest/arrival.ts';
import type { BodyPace } from '../../ingest/body-pace.ts';
import { endWhenSilent } from '../../ingest/end-when-silent.ts';
import type { IdentifySource, KeyedSource } from '../../ingest/identify-source.ts';
import { letGoOf } from '../../ingest/let-go-of.ts';
import { writeKeyOf } from '../../ingest/write-key-of.ts';
import type { ImportRow, ImportStore } from '../../stores/import-store.ts';
import type { ImportFiles } from '../import-files.ts';
import type { RejectedFormat, RejectedStream } from './rejected-stream.ts';
import type { TakeUpload } from './take-upload.ts';

const retryAfterSeconds = '10';

export interface ImportRoutesOptions {
  http: FastifyInstance;
  verifyPassport: PassportVerifier;
  identifySource: IdentifySource;
  pace: BodyPace;
  sourceOf: (workspace: string, id: string) => Promise<KeyedSource | undefined>;
  imports: ImportStore;
  files: ImportFiles;
  takeUpload: TakeUpload;
  rejectedStream: RejectedStream;
}

interface UploadQuery {
  name?: string;
  source?: string;
}

export async function mountImportRoutes(options: ImportRoutesOptions): Promise<void> {
  const { http, takeUpload, imports, rejectedStream } = options;
  const arrivals = createArrivals(options.pace);

  await http.register(async (scope) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, body, done) => done(null, body));
    scope.setErrorHandler(async (error: FastifyError, request, reply) => {
      const code = originalError(error)?.code;
      await letGoOf(request, reply, code);
      if (code === 'UNAVAILABLE' || code === 'RATE_LIMITED') {
        reply.header('retry-after', retryAfterSeconds);
      }
      throw error;
    });

    scope.post<{ Querystring: UploadQuery }>('/v1/imports', {
      onRequest: async (request, reply) => {
        endWhenSilent(request.raw);
        const source = await uploadSource(request, options);
        const leave = await takeUpload.admit(source, declaredBytes(request));
        arrivals.begin(request, reply, source, leave);
      },
      handler: async (request, reply) => {
        const row = await takeUpload.take({
          ...arrivals.of(request),
          fileName: request.query.name ?? '',
          body: request.body as Readable,
          logger: request.log as Logger,
        });
        return reply.status(201).send(shown(row));
      },
    });

    scope.get<{ Params: { id: string }; Querystring: { format?: string } }>(
      '/v1/imports/:id/rejected',
      async (request, reply) => {
        const { workspace } = authorise(await principalOf(request, options), 'import.read');
        const { id } = request.params;
        const [row] = isUuid(id) ? await imports.byIds(workspace, [id]) : [];
        if (!row) throw new TributaryError('NOT_FOUND', 'There is no such import.', ['id']);
        const format = formatOf(request.query.format);
        const rows = await rejectedStream(row, format);
        const name = `rejected-${id}.${format}`;
        return reply
          .header('content-disposition', `attachment; filename="${name}"`)
          .header('cache-control', 'no-store')
          .type(format === 'csv' ? 'text/csv; charset=utf-8' : 'application/x-ndjson')
          .send(rows);
      },
    );
  });
}

/** By a write key, or the source that somebody signed in names. */
async function uploadSource(
  request: FastifyRequest<{ Querystring: UploadQuery }>,
  options: ImportRoutesOptions,
): Promise<KeyedSource> {
  const keyed = await options.identifySource(writeKeyOf(request.headers));
  if (keyed) return keyed;
  const { workspace } = authorise(await principalOf(request, options), 'import.change');
  const { source } = request.query;
  const found = source && isUuid(source) ? await options.sourceOf(workspace, source) : undefined;
  if (found) return found;
  throw new TributaryError('NOT_FOUND', 'There is no such source: name one by `source=`.', [
    'source',
  ]);
}

const principalOf = (request: FastifyRequest, { verifyPassport }: ImportRoutesOptions) =>
  principalOfRequest(
    request,
    verifyPassport,
    'Expected `Authorization: Bearer …` with an access token, an API key or the write key of a source.',
  );

function declaredBytes({ headers }: FastifyRequest): number | undefined {
  const length = Number(headers['content-length']);
  return headers['content-length'] !== undefined && Number.isInteger(length) ? length : undefined;
}

function formatOf(given: string | undefined): RejectedFormat {
  if (given === undefined || given === 'ndjson') return 'ndjson';
  if (given === 'csv') return 'csv';
  throw new TributaryError('INVALID_INPUT', 'Expected ndjson or csv as format.', ['format']);
}

function shown({ id, sourceId, fileName, format, bytes, state }: ImportRow) {
  return { id, sourceId, fileName, format, bytes, state };
}
