import type { PrismaClient } from '@tributary/prisma/processing';
import type { Pool } from 'pg';
import { createDeadLetterStore } from './dead-letter-store.ts';
import { createDefinitionStore } from './definition-store.ts';
import { createEventTypeStore } from './event-type-store.ts';
import { createFailedRecordStore } from './failed-record-store.ts';
import { createImportRunStore } from './import-run-store.ts';
import { createImportStore } from './import-store.ts';
import { createLookupTableStore } from './lookup-table-store.ts';
import { createPipelineDraftStore } from './pipeline-draft-store.ts';
import { createPipelineStore } from './pipeline-store.ts';
import { createSampleEventStore } from './sample-event-store.ts';
import { createSourceMinuteStore } from './source-minute-store.ts';
import { createSourceStore } from './source-store.ts';

export type Stores = ReturnType<typeof createStores>;

export interface StoresDeps {
  prisma: PrismaClient;
  pool: Pool;
  /** Whose positions are kept with the dead letters. */
  consumer: { topic: string; group: string };
  retryMilliseconds: number;
}

/** Everything this subgraph keeps in PostgreSQL. */
export function createStores({ prisma, pool, consumer, retryMilliseconds }: StoresDeps) {
  return {
    sources: createSourceStore({ prisma }),
    pipelines: createPipelineStore({ pool }),
    pipelineDrafts: createPipelineDraftStore({ pool }),
    samples: createSampleEventStore({ pool }),
    sourceMinutes: createSourceMinuteStore({ pool }),
    eventTypes: createEventTypeStore({ pool }),
    lookupTables: createLookupTableStore({ prisma, pool }),
    imports: createImportStore({ pool }),
    importRuns: createImportRunStore({ pool }),
    deadLetters: createDeadLetterStore({ prisma, pool }),
    failedRecords: createFailedRecordStore({ pool, consumer, retryMilliseconds }),
    definitions: createDefinitionStore({ pool }),
  };
}
