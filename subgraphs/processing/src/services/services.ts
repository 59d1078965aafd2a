import type { EventReceived } from '@tributary/events';
import type { OutboxMessage } from '@tributary/outbox';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { SchemaCompiler } from '../pipeline/validate.ts';
import type { Stores } from '../stores/stores.ts';
import { createDeadLetterService } from './dead-letter-service.ts';
import { createEventTypeService } from './event-type-service.ts';
import { createLookupTableService } from './lookup-table-service.ts';
import { createPipelineService } from './pipeline-service.ts';
import { createSourceService } from './source-service.ts';

export type Services = ReturnType<typeof createServices>;

export interface ServicesDeps {
  stores: Stores;
  definitions: DefinitionCache;
  compileSchema: SchemaCompiler;
  replayMessage: (event: EventReceived) => OutboxMessage;
  wakeRelay: () => void;
}

/** What can be done here on somebody's behalf. */
export function createServices({ stores, definitions, compileSchema, ...replay }: ServicesDeps) {
  const { sources, eventTypes, lookupTables, pipelines, deadLetters } = stores;
  return {
    sources: createSourceService({ sources }),
    eventTypes: createEventTypeService({ eventTypes, compileSchema, definitions }),
    lookupTables: createLookupTableService({ lookupTables, definitions }),
    pipelines: createPipelineService({ pipelines, lookupTables, definitions }),
    deadLetters: createDeadLetterService({ deadLetters, definitions, ...replay }),
  };
}
