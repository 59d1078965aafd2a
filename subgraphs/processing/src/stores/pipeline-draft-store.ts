import { createRowLoader } from '@tributary/chassis';
import type { Pool } from 'pg';

export interface PipelineDraftRow {
  sourceId: string;
  stages: unknown;
  savedAt: Date;
}

export type PipelineDraftStore = ReturnType<typeof createPipelineDraftStore>;

const columns = 'source_id AS "sourceId", stages, saved_at AS "savedAt"';

/** Stages that are being worked on, one draft a source. */
export function createPipelineDraftStore({ pool }: { pool: Pool }) {
  return {
    /** Undefined when the workspace has no such source. */
    async save(workspaceId: string, sourceId: string, stages: unknown) {
      const { rows } = await pool.query<PipelineDraftRow>(
        `INSERT INTO pipeline_draft (source_id, workspace_id, stages)
         SELECT id, workspace_id, $3 FROM source WHERE workspace_id = $1 AND id = $2
         ON CONFLICT (source_id) DO UPDATE SET stages = excluded.stages, saved_at = now()
         RETURNING ${columns}`,
        [workspaceId, sourceId, JSON.stringify(stages)],
      );
      return rows[0];
    },

    async ofSources(workspaceId: string, sourceIds: string[]): Promise<PipelineDraftRow[]> {
      const { rows } = await pool.query<PipelineDraftRow>(
        `SELECT ${columns} FROM pipeline_draft WHERE workspace_id = $1 AND source_id = ANY($2)`,
        [workspaceId, sourceIds],
      );
      return rows;
    },
  };
}

/** By source. */
export const createPipelineDraftLoader = (store: PipelineDraftStore, workspaceId: string) =>
  createRowLoader(
    (sourceIds) => store.ofSources(workspaceId, sourceIds),
    (row) => row.sourceId,
  );
