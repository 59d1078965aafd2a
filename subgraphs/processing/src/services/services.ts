import type { Logger } from '@tributary/chassis';
import type { PartitionLag } from '@tributary/event-log';
import type { EventReceived } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import type { AcceptBatch } from '../ingest/accept-batch.ts';
import type { CompilePreview } from '../pipeline/compile-preview.ts';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { HttpLookups } from '../pipeline/http-lookups.ts';
import type { RunRecords } from '../pipeline/run-records.ts';
import type { SchemaCompiler } from '../pipeline/validate.ts';
import type { Stores } from '../stores/stores.ts';
import { createDeadLetterService } from './dead-letter-service.ts';
import { createEventTypeService } from './event-type-service.ts';
import { createImportService, type ImportServiceDeps } from './import-service.ts';
import { createIngestService } from './ingest-service.ts';
import { createLookupTableService } from './lookup-table-service.ts';
import { createStageParser } from './parse-stages.ts';
import { createPartitionService } from './partition-service.ts';
import { createPipelineService } from './pipeline-service.ts';
import { createEventPreviewer, createPreviewService } from './preview-service.ts';
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
  http: HttpLookups;
  runRecords: RunRecords;
  compilePreview: CompilePreview;
  imports: Omit<ImportServiceDeps, 'imports'>;
}

/** What can be done here on somebody's behalf. */
export function createServices(deps: ServicesDeps) {
  const { stores, definitions, compileSchema, acceptBatch, logger, readLag, http, ...others } =
    deps;
  const { sources, eventTypes, lookupTables, pipelines, pipelineDrafts, deadLetters } = stores;
  const { runRecords, compilePreview, imports, ...replay } = others;
  const parseStages = createStageParser({ lookupTables, http });
  const previewEvents = createEventPreviewer({ definitions, runRecords });
  return {
    sources: createSourceService({ sources, definitions }),
    eventTypes: createEventTypeService({ eventTypes, compileSchema, definitions }),
    lookupTables: createLookupTableService({ lookupTables, definitions }),
    pipelines: createPipelineService({ pipelines, pipelineDrafts, parseStages, definitions }),
    previews: createPreviewService({ definitions, parseStages, compilePreview, previewEvents }),
    partitions: createPartitionService({ readLag }),
    ingestion: createIngestService({ acceptBatch, logger }),
    imports: createImportService({ imports: stores.imports, ...imports }),
    deadLetters: createDeadLetterService({ deadLetters, definitions, previewEvents, ...replay }),
  };
}
