import { createRowLoader, transaction } from '@tributary/chassis';
import type { Pool } from 'pg';
import { onlyRow } from './only-row.ts';

export interface PipelineRow {
  id: string;
  sourceId: string;
  version: number;
  stages: unknown;
  publishedAt: Date;
}

export interface NewPipeline {
  id: string;
  sourceId: string;
  stages: unknown;
}

export type PipelineStore = ReturnType<typeof createPipelineStore>;

const columns = `pipeline.id, pipeline.source_id AS "sourceId", pipeline.version, pipeline.stages,
                 pipeline.published_at AS "publishedAt"`;

export function createPipelineStore({ pool }: { pool: Pool }) {
  return {
    /** Adds the next version; undefined when the workspace has no such source. */
    publish: (workspaceId: string, pipeline: NewPipeline): Promise<PipelineRow | undefined> =>
      transaction(pool, async (client) => {
        // Locks the source, so that two publications take turns and get versions of their own.
        const { rowCount } = await client.query(
          'SELECT FROM source WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
          [workspaceId, pipeline.sourceId],
        );
        if (rowCount === 0) return undefined;
        const { rows } = await client.query<PipelineRow>(
          `INSERT INTO pipeline (id, workspace_id, source_id, version, stages)
           SELECT $1, $2, $3, coalesce(max(version), 0) + 1, $4 FROM pipeline WHERE source_id = $3
           RETURNING ${columns}`,
          [pipeline.id, workspaceId, pipeline.sourceId, JSON.stringify(pipeline.stages)],
        );
        return onlyRow(rows);
      }),

    async byIds(workspaceId: string, ids: string[]): Promise<PipelineRow[]> {
      const { rows } = await pool.query<PipelineRow>(
        `SELECT ${columns} FROM pipeline WHERE workspace_id = $1 AND id = ANY($2)`,
        [workspaceId, ids],
      );
      return rows;
    },

    /** The pipelines in force, of the sources that have one. */
    async newestOf(workspaceId: string, sourceIds: string[]): Promise<PipelineRow[]> {
      const { rows } = await pool.query<PipelineRow>(
        `SELECT DISTINCT ON (source_id) ${columns} FROM pipeline
         WHERE workspace_id = $1 AND source_id = ANY($2) ORDER BY source_id, version DESC`,
        [workspaceId, sourceIds],
      );
      return rows;
    },
  };
}

export const createPipelineLoader = (store: PipelineStore, workspaceId: string) =>
  createRowLoader(
    (ids) => store.byIds(workspaceId, ids),
    (row) => row.id,
  );

/** By source. */
export const createNewestPipelineLoader = (store: PipelineStore, workspaceId: string) =>
  createRowLoader(
    (sourceIds) => store.newestOf(workspaceId, sourceIds),
    (row) => row.sourceId,
  );
