import type { Logger } from '@tributary/chassis';
import type { Publisher } from '@tributary/pubsub';
import type { ImportRow } from '../stores/import-store.ts';

/** Tells whoever watches the workspace's imports; what cannot be told now is seen with the next change. */
export type TellImport = (row: ImportRow) => Promise<void>;

export function createTellImport(deps: { publisher: Publisher; logger: Logger }): TellImport {
  return async (row) => {
    const { id, state, bytesRead, rowsRead, accepted, duplicates, rejected, reason } = row;
    const message = {
      id,
      state,
      bytesRead,
      rowsRead,
      accepted,
      duplicates,
      rejected,
      reason,
      rowsPerSecond: row.rowsPerSecond,
      startedAt: row.startedAt?.toISOString() ?? null,
      endedAt: row.endedAt?.toISOString() ?? null,
    };
    try {
      await deps.publisher.publish('importChanged', { workspace: row.workspaceId }, message);
    } catch (error) {
      deps.logger.warn({ err: error, importId: id }, 'could not tell of an import');
    }
  };
}
