import { authorise, type Logger } from '@tributary/chassis';
import { parseInput, TributaryError } from '@tributary/errors';
import { z } from 'zod';
import type { AcceptBatch } from '../ingest/accept-batch.ts';
import { recordOf } from '../ingest/record-of.ts';
import type { IngestAnswer } from '../ingest/verdict.ts';
import type { Caller } from './caller.ts';

const mostEvents = 1_000;
const sendSchema = z.object({
  sourceId: z.string(),
  events: z
    .array(z.unknown())
    .min(1, 'must hold at least one event')
    .max(mostEvents, `must be at most ${mostEvents} events; larger batches go to POST /v1/events`),
});

export interface IngestServiceDeps {
  acceptBatch: AcceptBatch;
  logger: Logger;
}

export function createIngestService({ acceptBatch, logger }: IngestServiceDeps) {
  return {
    /** Takes events as the door does, on behalf of somebody signed in. */
    async send(caller: Caller & { requestId: string }, input: unknown): Promise<IngestAnswer> {
      const { workspace } = authorise(caller.principal, 'event.send');
      const { sourceId, events } = parseInput(sendSchema, input);
      const source = await caller.loaders.source.load(sourceId);
      if (!source) {
        const field = ['input', 'sourceId'];
        throw new TributaryError('NOT_FOUND', 'There is no such source.', field);
      }
      return acceptBatch({
        source: { id: source.id, workspaceId: workspace },
        records: events.map(recordOf),
        requestId: caller.requestId,
        logger,
      });
    },
  };
}
