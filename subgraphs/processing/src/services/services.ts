import type { Logger } from '@tributary/chassis';
import type { PartitionLag } from '@tributary/event-log';
import type { EventReceived } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import type { AcceptBatch } from '../ingest/accept-batch.ts';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { SchemaCompiler } from '../pipeline/validate.ts';
import type { Stores } from '../stores/stores.ts';
import { createDeadLetterService } from './dead-letter-service.ts';
import { createEventTypeService } from './event-type-service.ts';
import { createIngestService } from './ingest-service.ts';
import { createLookupTableService } from './lookup-table-service.ts';
import { createPartitionService } from './partition-service.ts';
import { createPipelineService } from './pipeline-service.ts';
import { createSourceService } from './source-service.ts';

export type Services = ReturnType<typeof createServices>;

export interface ServicesDeps {
  stores: Stores;
  definitions: DefinitionCache;
  compileSchema: SchemaCompiler;
  replayMessage: (event: EventReceived) => OutboxMessage;
  wakeRelay: () => void;
  acceptBatch: AcceptBatch;
  logger: Logger;
  readLag: () => Promise<PartitionLag[]>;
}

/** What can be done here on somebody's behalf. */
export function createServices(deps: ServicesDeps) {
  const { stores, definitions, compileSchema, acceptBatch, logger, readLag, ...replay } = deps;
  const { sources, eventTypes, lookupTables, pipelines, deadLetters } = stores;
  return {
    sources: createSourceService({ sources }),
    eventTypes: createEventTypeService({ eventTypes, compileSchema, definitions }),
    lookupTables: createLookupTableService({ lookupTables, definitions }),
    pipelines: createPipelineService({ pipelines, lookupTables, definitions }),
    partitions: createPartitionService({ readLag }),
    ingestion: createIngestService({ acceptBatch, logger }),
    deadLetters: createDeadLetterService({ deadLetters, definitions, ...replay }),
  };
}
