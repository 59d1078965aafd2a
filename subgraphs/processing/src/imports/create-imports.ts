/** Files → events: upload → read → map → check → append → settle. docs/imports.md */
import { createPassportVerifier, type Service } from '@tributary/chassis';
import type { Publisher } from '@tributary/pubsub';
import type { Pool } from 'pg';
import type { Environment } from '../environment.ts';
import type { BodyPace } from '../ingest/body-pace.ts';
import type { IdentifySource } from '../ingest/identify-source.ts';
import type { Metrics } from '../metrics.ts';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { Stores } from '../stores/stores.ts';
import { createImportFiles } from './import-files.ts';
import { createImportMetrics } from './import-metrics.ts';
import { createPreviewImport } from './preview-import.ts';
import { createReadFirstRows } from './read/read-first-rows.ts';
import { startImports } from './run/start-imports.ts';
import { startSweeping } from './start-sweeping.ts';
import { createTellImport } from './tell-import.ts';
import { createThreads } from './threads/threads.ts';
import { mountImportRoutes } from './upload/import-routes.ts';
import { createRejectedStream } from './upload/rejected-stream.ts';
import { createTakeUpload } from './upload/take-upload.ts';

export interface ImportsDeps {
  service: Service;
  environment: Environment;
  pool: Pool;
  stores: Stores;
  definitions: DefinitionCache;
  metrics: Metrics;
  publisher: Publisher;
}

/** Runs imports until the service stops; `forService` is what the graph's part of it needs. */
export function createImports(deps: ImportsDeps) {
  const { service, environment, pool, stores, definitions, metrics, publisher } = deps;
  const { logger } = service;
  const files = createImportFiles({
    directory: environment.IMPORT_DIRECTORY,
    folder: environment.IMPORT_FOLDER,
  });
  const threads = createThreads({ most: environment.IMPORTS_AT_ONCE + 1 });
  const tell = createTellImport({ publisher, logger });
  const runner = startImports({
    pool,
    store: stores.importRuns,
    files,
    threads,
    tell,
    metrics: createImportMetrics(service.metrics, metrics),
    logger,
    atOnce: environment.IMPORTS_AT_ONCE,
  });
  service.shutdown.add('threads of imports', () => threads.stop());
  service.shutdown.add('imports', () => runner.stop());
  const sweeping = startSweeping({ store: stores.importRuns, files, logger });
  service.shutdown.add('sweeping of imports', () => sweeping.stop());

  return {
    forService: {
      files,
      readFirstRows: createReadFirstRows(threads),
      previewImport: createPreviewImport({
        definitions,
        typesOf: (workspace) => stores.eventTypes.newest(workspace),
      }),
      tell,
      wake: () => runner.wake(),
    },

    /** After the graph's own routes, whose policies hold for these too. */
    async mountRoutes(door: { identifySource: IdentifySource; pace: BodyPace }): Promise<void> {
      await mountImportRoutes({
        http: service.http,
        verifyPassport: await createPassportVerifier({
          publicKey: environment.PASSPORT_PUBLIC_KEY,
        }),
        ...door,
        sourceOf: async (workspaceId, id) =>
          (await stores.sources.byIds(workspaceId, [id])).map(() => ({ id, workspaceId }))[0],
        imports: stores.imports,
        files,
        takeUpload: createTakeUpload({
          imports: stores.imports,
          files,
          mostBytes: environment.IMPORT_MOST_BYTES,
        }),
        rejectedStream: createRejectedStream(files),
      });
    },
  };
}
