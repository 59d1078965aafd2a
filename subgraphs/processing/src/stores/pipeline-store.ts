import { createRowLoader, createRowsLoader, transaction } from '@tributary/chassis';
import type { Pool } from 'pg';
import { onlyRow } from './only-row.ts';

export interface PipelineRow {
  id: string;
  sourceId: string;
  version: number;
  stages: unknown;
  publishedAt: Date;
  restoredVersion: number | null;
}

export interface NewPipeline {
  id: string;
  sourceId: string;
  stages: unknown;
  /** The earlier version whose stages these are. */
  restoredVersion?: number;
}

export type PipelineStore = ReturnType<typeof createPipelineStore>;

const columns = `pipeline.id, pipeline.source_id AS "sourceId", pipeline.version, pipeline.stages,
                 pipeline.published_at AS "publishedAt", pipeline.restored_version AS "restoredVersion"`;

export function createPipelineStore({ pool }: { pool: Pool }) {
  return {
    /** Adds the next version, with which the draft is done; undefined when the workspace has no such source. */
    publish: (workspaceId: string, pipeline: NewPipeline): Promise<PipelineRow | undefined> =>
      transaction(pool, async (client) => {
        // Locks the source, so that two publications take turns and get versions of their own.
        const { rowCount } = await client.query(
          'SELECT FROM source WHERE workspace_id = $1 AND id = $2 FOR UPDATE',
          [workspaceId, pipeline.sourceId],
        );
        if (rowCount === 0) return undefined;
        const { rows } = await client.query<PipelineRow>(
          `INSERT INTO pipeline (id, workspace_id, source_id, version, stages, restored_version)
           SELECT $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5 FROM pipeline WHERE source_id = $3
           RETURNING ${columns}`,
          [
            pipeline.id,
            workspaceId,
            pipeline.sourceId,
            JSON.stringify(pipeline.stages),
            pipeline.restoredVersion ?? null,
          ],
        );
        await client.query('DELETE FROM pipeline_draft WHERE source_id = $1', [pipeline.sourceId]);
        return onlyRow(rows);
      }),

    async byIds(workspaceId: string, ids: string[]): Promise<PipelineRow[]> {
      const { rows } = await pool.query<PipelineRow>(
        `SELECT ${columns} FROM pipeline WHERE workspace_id = $1 AND id = ANY($2)`,
        [workspaceId, ids],
      );
      return rows;
    },

    /** Undefined where the workspace's source has no such version. */
    async byVersion(workspaceId: string, sourceId: string, version: number) {
      const { rows } = await pool.query<PipelineRow>(
        `SELECT ${columns} FROM pipeline WHERE workspace_id = $1 AND source_id = $2 AND version = $3`,
        [workspaceId, sourceId, version],
      );
      return rows[0];
    },

    /** The newest twenty of each source, newest first. */
    async versionsOf(workspaceId: string, sourceIds: string[]): Promise<PipelineRow[]> {
      const { rows } = await pool.query<PipelineRow>(
        `SELECT ${columns} FROM unnest($2::uuid[]) AS wanted(source_id)
         CROSS JOIN LATERAL (SELECT * FROM pipeline
                             WHERE workspace_id = $1 AND source_id = wanted.source_id
                             ORDER BY version DESC LIMIT 20) AS pipeline
         ORDER BY pipeline.source_id, pipeline.version DESC`,
        [workspaceId, sourceIds],
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

/** By source, newest first. */
export const createPipelineVersionsLoader = (store: PipelineStore, workspaceId: string) =>
  createRowsLoader(
    (sourceIds) => store.versionsOf(workspaceId, sourceIds),
    (row) => row.sourceId,
  );
