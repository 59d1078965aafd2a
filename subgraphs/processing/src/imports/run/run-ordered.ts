import { createEventLog, createPositionStore, readBacklog, readLag } from '@tributary/event-log';
import { eventProcessed, eventReceived, metricUpdated } from '@tributary/events';
import { Pool } from 'pg';
import { readEnvironment } from '../../environment.ts';
import { createDefinitionCache } from '../../pipeline/definitions.ts';
import { createHttpLookups } from '../../pipeline/http-lookups.ts';
import { pipelineGroup } from '../../pipeline/start-pipeline.ts';
import { createSchemaCompiler } from '../../pipeline/validate.ts';
import { createDefinitionStore } from '../../stores/definition-store.ts';
import { createImportRunStore } from '../../stores/import-run-store.ts';
import { createImportFiles } from '../import-files.ts';
import { type BatchCounts, runImport } from './run-import.ts';
import { createWaitForRoom } from './wait-for-room.ts';

/** What an import's events become once they are through the pipeline. */
const furtherOn = [eventProcessed, metricUpdated];

/** Runs an import with connections of its own, as threads share none. @throws what may pass later. */
export async function runOrdered(
  id: string,
  onBatch: (counts: BatchCounts) => void,
): Promise<void> {
  const environment = readEnvironment();
  const log = await createEventLog({ url: environment.EVENT_LOG_URL });
  const pool = new Pool({ connectionString: environment.DATABASE_URL, max: 2 });
  pool.on('error', () => {});
  const positions = createPositionStore({ pool });
  const store = createImportRunStore({ pool });
  try {
    const row = await store.byId(id);
    if (row?.state !== 'RUNNING') return;
    await runImport(row, {
      store,
      files: createImportFiles({
        directory: environment.IMPORT_DIRECTORY,
        folder: environment.IMPORT_FOLDER,
      }),
      log,
      definitions: createDefinitionCache({
        store: createDefinitionStore({ pool }),
        compileSchema: createSchemaCompiler(),
        http: createHttpLookups({ hosts: environment.HTTP_STAGE_HOSTS }),
        // What is held is used on while the database is away; the next checkpoint says so.
        onError: () => {},
      }),
      waitForRoom: createWaitForRoom({
        readLag: () => readLag({ log, positions, event: eventReceived, group: pipelineGroup }),
        readBacklog: async () =>
          Math.max(...(await Promise.all(furtherOn.map((event) => readBacklog({ log, event }))))),
        readMemory: () => log.memory(),
        mostLagMilliseconds: environment.IMPORT_LAG_MILLISECONDS,
        mostBacklogMilliseconds: environment.IMPORT_BACKLOG_MILLISECONDS,
        mostAdded: environment.IMPORT_LOG_BYTES,
        mostBytes: environment.EVENT_LOG_MOST_BYTES,
      }),
      onBatch,
    });
  } finally {
    await Promise.allSettled([log.close(), pool.end()]);
  }
}
