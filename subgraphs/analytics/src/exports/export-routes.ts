/**
 * `GET /v1/exports/events?source=ID&from=…&to=…&type=…&format=ndjson|csv|parquet&fields=a,b`: stored events as a
 * file that is made while it is taken. Problems are RFC 9457 problem details; what fails after the first byte
 * breaks the connection.
 */
import { addAbortSignal } from 'node:stream';
import compress from '@fastify/compress';
import {
  authorise,
  type Logger,
  type PassportVerifier,
  principalOfRequest,
} from '@tributary/chassis';
import { originalError, TributaryError } from '@tributary/errors';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { parseArguments } from '../services/parse-arguments.ts';
import type { ExportTicketStore, PreparedExport } from '../stores/export-ticket-store.ts';
import { type ExportFormat, type ExportRequest, exportQuerySchema } from './export-request.ts';
import type { StartExport } from './start-export.ts';

export const exportPath = '/v1/exports/events';

const retryAfterSeconds = '30';

const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
};

export interface ExportRoutesOptions {
  http: FastifyInstance;
  verifyPassport: PassportVerifier;
  tickets: ExportTicketStore;
  startExport: StartExport;
}

type Query = Record<string, string | string[]>;

export async function mountExportRoutes(options: ExportRoutesOptions): Promise<void> {
  const { http, startExport } = options;
  const running = createRunning();
  // One that goes on for an hour would keep the process for that hour.
  http.addHook('preClose', async () => running.endAll());

  await http.register(async (scope) => {
    await scope.register(compress, { global: false });
    scope.setErrorHandler(async (error: FastifyError, _, reply) => {
      if (originalError(error)?.code === 'RATE_LIMITED') {
        reply.header('retry-after', retryAfterSeconds);
      }
      throw error;
    });

    scope.get<{ Querystring: Query }>(
      exportPath,
      // HEAD would use up a link and give nothing for it. Parquet is packed already.
      {
        exposeHeadRoute: false,
        compress: { encodings: ['zstd', 'gzip'], customTypes: /ndjson|csv/ },
      },
      async (http, reply) => {
        const { principal, request } = await askedFor(http, options);
        const signal = running.signalOf(reply);
        const logger = http.log as Logger;
        const stream = await startExport({ principal, request, signal, logger });
        addAbortSignal(signal, stream);
        return reply
          .header('content-disposition', `attachment; filename="${fileName(request)}"`)
          .header('cache-control', 'no-store')
          .type(mediaTypes[request.format])
          .send(stream);
      },
    );
  });
}

/** By a link that works once, or whoever the gateway says is asking. */
async function askedFor(
  http: FastifyRequest<{ Querystring: Query }>,
  { tickets, verifyPassport }: ExportRoutesOptions,
): Promise<PreparedExport> {
  const { ticket, ...query } = http.query;
  if (typeof ticket === 'string') {
    const { principal, request } = (await tickets.take(ticket)) ?? noTicket();
    return { principal: authorise(principal, 'event.export'), request };
  }
  const anybody = await principalOfRequest(
    http,
    verifyPassport,
    'Expected `Authorization: Bearer …` with an access token or an API key, or a link of `prepareExport`.',
  );
  const principal = authorise(anybody, 'event.export');
  return { principal, request: parseArguments(exportQuerySchema, query) };
}

function noTicket(): never {
  throw new TributaryError(
    'NOT_FOUND',
    'This link was used already, or is older than a minute. Prepare the export again.',
    ['ticket'],
  );
}

/** What is to end when its connection is gone, whether or not there is an answer yet, or when the service ends. */
function createRunning() {
  const all = new Set<AbortController>();
  return {
    signalOf({ raw }: FastifyReply): AbortSignal {
      const controller = new AbortController();
      all.add(controller);
      const end = () => {
        all.delete(controller);
        controller.abort(new TributaryError('UNAVAILABLE', 'The reader left.'));
      };
      // Who left while we looked who it was says so no more.
      if (raw.closed) end();
      else raw.once('close', end);
      return controller.signal;
    },
    endAll(): void {
      const reason = new TributaryError('UNAVAILABLE', 'The service ends. Ask again soon.');
      for (const controller of all) controller.abort(reason);
    },
  };
}

const fileName = ({ format, from, to }: ExportRequest): string =>
  `events-${[from, to].flatMap((time) => (time === undefined ? [] : dayOf(time))).join('-')}.${format}`;

/** E.g. 20261121. */
const dayOf = (time: number): string =>
  new Date(time).toISOString().slice(0, 10).replaceAll('-', '');
