import type { Principal } from '@tributary/chassis';
import { createDeadLetterLoader, createOpenCountLoader } from './stores/dead-letter-store.ts';
import { createEventTypeLoader } from './stores/event-type-store.ts';
import { createImportLoader } from './stores/import-store.ts';
import {
  createLookupTableLoader,
  createLookupTableVersionsLoader,
} from './stores/lookup-table-store.ts';
import { createPipelineDraftLoader } from './stores/pipeline-draft-store.ts';
import {
  createNewestPipelineLoader,
  createPipelineLoader,
  createPipelineVersionsLoader,
} from './stores/pipeline-store.ts';
import { createSampleEventsLoader } from './stores/sample-event-store.ts';
import { createSourceLoader } from './stores/source-store.ts';
import type { Stores } from './stores/stores.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** No workspace has it: what loaders of anonymous principals look in. */
const noWorkspace = '00000000-0000-0000-0000-000000000000';

/** One request's loaders; they see the principal's workspace only. */
export function createLoaders(stores: Stores, principal: Principal) {
  const workspace = principal.kind === 'anonymous' ? noWorkspace : principal.workspace;
  return {
    source: createSourceLoader(stores.sources, workspace),
    pipeline: createPipelineLoader(stores.pipelines, workspace),
    newestPipeline: createNewestPipelineLoader(stores.pipelines, workspace),
    pipelineVersions: createPipelineVersionsLoader(stores.pipelines, workspace),
    pipelineDraft: createPipelineDraftLoader(stores.pipelineDrafts, workspace),
    sampleEvents: createSampleEventsLoader(stores.samples, workspace),
    lookupTableVersions: createLookupTableVersionsLoader(stores.lookupTables, workspace),
    eventType: createEventTypeLoader(stores.eventTypes, workspace),
    lookupTable: createLookupTableLoader(stores.lookupTables, workspace),
    deadLetter: createDeadLetterLoader(stores.deadLetters, workspace),
    import: createImportLoader(stores.imports, workspace),
    openDeadLetters: createOpenCountLoader(stores.deadLetters, workspace),
  };
}
