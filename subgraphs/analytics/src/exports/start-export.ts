import type { Readable } from 'node:stream';
import { finished } from 'node:stream';
import type { KnownPrincipal, Logger } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { ServiceMetrics } from '../metrics.ts';
import type { EventSelection } from '../stores/event-selection.ts';
import type { ExportStore } from '../stores/export-store.ts';
import type { ExportRequest } from './export-request.ts';
import type { ExportRoom } from './export-room.ts';
import { createExportStream } from './export-stream.ts';
import { createExportWriter } from './write/create-export-writer.ts';

export interface StartExportOptions {
  exports: ExportStore;
  room: ExportRoom;
  metrics: Pick<ServiceMetrics, 'exportsRunning' | 'exported'>;
  patienceMilliseconds: number;
}

export interface ExportStart {
  principal: KnownPrincipal;
  request: ExportRequest;
  /** Aborted when nobody waits for it any more. */
  signal: AbortSignal;
  logger: Logger;
}

/** @throws NOT_FOUND, RATE_LIMITED, INVALID_INPUT before there is a stream; once there is, it ends whole or is destroyed. */
export type StartExport = (start: ExportStart) => Promise<Readable>;

export function createStartExport(options: StartExportOptions): StartExport {
  const { exports, room, metrics, patienceMilliseconds } = options;
  return async (start) => {
    const { principal, request, signal } = start;
    const workspaceId = principal.workspace;
    const leave = room.enter(workspaceId);
    try {
      const selection = await selectionOf(exports, { workspaceId, request, field: ['source'] });
      const writer = await createExportWriter(request, { exports, selection, signal });
      const report = reportOf(start, metrics);
      const stream = createExportStream({
        pages: exports.pages(selection, signal),
        writer,
        patienceMilliseconds,
        onEvents: report.onEvents,
      });
      finished(stream, (error) => {
        leave();
        report.onEnd(error);
      });
      return stream;
    } catch (error) {
      leave();
      throw error;
    }
  };
}

/** Only as far as there are events. @throws NOT_FOUND for `field` where the workspace has none of the source. */
export async function selectionOf(
  exports: Pick<ExportStore, 'extent'>,
  { workspaceId, request, field }: { workspaceId: string; request: ExportRequest; field: string[] },
): Promise<EventSelection> {
  const { sourceId, from, to, types } = request;
  const extent = await exports.extent(workspaceId, sourceId);
  if (!extent)
    throw new TributaryError('NOT_FOUND', 'No events of such a source are stored.', field);
  return {
    workspaceId,
    sourceId,
    types,
    from: Math.max(from ?? extent.from, extent.from),
    to: Math.min(to, extent.to),
  };
}

/** Counts, and says at the end, how much went out and to whom; never what. */
function reportOf(
  { principal, request: { sourceId, format }, logger }: ExportStart,
  { exportsRunning, exported }: StartExportOptions['metrics'],
) {
  const began = performance.now();
  let events = 0;
  exportsRunning.inc();
  return {
    onEvents(count: number): void {
      events += count;
      exported.inc({ format }, count);
    },
    onEnd(error: Error | null | undefined): void {
      exportsRunning.dec();
      const milliseconds = Math.round(performance.now() - began);
      const { workspace: workspaceId, kind, subject } = principal;
      const facts = { workspaceId, kind, subject, sourceId, format, events, milliseconds };
      if (error) logger.warn({ ...facts, err: error }, 'an export ended before its end');
      else logger.info(facts, 'exported');
    },
  };
}
