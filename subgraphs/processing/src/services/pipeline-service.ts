import { authorise } from '@tributary/chassis';
import { parseInput, TributaryError } from '@tributary/errors';
import { validate as isUuid, v7 } from 'uuid';
import { z } from 'zod';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { PipelineDraftRow, PipelineDraftStore } from '../stores/pipeline-draft-store.ts';
import type { PipelineRow, PipelineStore } from '../stores/pipeline-store.ts';
import type { SampleEventRow } from '../stores/sample-event-store.ts';
import type { Caller } from './caller.ts';
import { jsonSchema } from './input-schemas.ts';
import type { ParseStages } from './parse-stages.ts';

/** A draft may be wrong still, but it is a list. */
const draftSchema = jsonSchema.pipe(
  z.array(z.unknown(), 'must be a list of stages').max(50, 'must be at most 50 stages'),
);

export interface PipelineServiceDeps {
  pipelines: PipelineStore;
  pipelineDrafts: PipelineDraftStore;
  parseStages: ParseStages;
  definitions: DefinitionCache;
}

export interface StagesInput {
  sourceId: string;
  stages: unknown;
}

export function createPipelineService(deps: PipelineServiceDeps) {
  const { pipelines, pipelineDrafts, parseStages, definitions } = deps;

  async function publishNext(
    workspace: string,
    next: { sourceId: string; stages: unknown; restoredVersion?: number },
  ): Promise<PipelineRow> {
    const isPossible = isUuid(next.sourceId);
    const row = isPossible ? await pipelines.publish(workspace, { id: v7(), ...next }) : undefined;
    if (!row) throw noSuchSource();
    await definitions.refresh(workspace);
    return row;
  }

  return {
    async byId(caller: Caller, id: string): Promise<PipelineRow | null> {
      authorise(caller.principal, 'pipeline.read');
      return caller.loaders.pipeline.load(id);
    },

    /** The one in force; null while records pass as they are. */
    async ofSource(caller: Caller, sourceId: string): Promise<PipelineRow | null> {
      authorise(caller.principal, 'pipeline.read');
      return caller.loaders.newestPipeline.load(sourceId);
    },

    /** The newest twenty, newest first. */
    async versions(caller: Caller, sourceId: string): Promise<PipelineRow[]> {
      authorise(caller.principal, 'pipeline.read');
      return caller.loaders.pipelineVersions.load(sourceId);
    },

    async draft(caller: Caller, sourceId: string): Promise<PipelineDraftRow | null> {
      authorise(caller.principal, 'pipeline.read');
      return caller.loaders.pipelineDraft.load(sourceId);
    },

    /** Newest first. */
    async samples(caller: Caller, sourceId: string): Promise<SampleEventRow[]> {
      authorise(caller.principal, 'pipeline.read');
      return caller.loaders.sampleEvents.load(sourceId);
    },

    async saveDraft(caller: Caller, { sourceId, stages }: StagesInput): Promise<PipelineDraftRow> {
      const { workspace } = authorise(caller.principal, 'pipeline.publish');
      const parsed = parseInput(draftSchema, stages, ['input', 'stages']);
      const row = isUuid(sourceId)
        ? await pipelineDrafts.save(workspace, sourceId, parsed)
        : undefined;
      if (!row) throw noSuchSource();
      return row;
    },

    async publish(caller: Caller, { sourceId, stages }: StagesInput): Promise<PipelineRow> {
      const { workspace } = authorise(caller.principal, 'pipeline.publish');
      return publishNext(workspace, { sourceId, stages: await parseStages(workspace, stages) });
    },

    /** Publishes an earlier version's stages as the next version. */
    async rollBack(
      caller: Caller,
      { sourceId, version }: { sourceId: string; version: number },
    ): Promise<PipelineRow> {
      const { workspace } = authorise(caller.principal, 'pipeline.publish');
      const earlier = isUuid(sourceId)
        ? await pipelines.byVersion(workspace, sourceId, version)
        : undefined;
      if (!earlier) {
        throw new TributaryError('NOT_FOUND', 'The source has no such version.', [
          'input',
          'version',
        ]);
      }
      const stages = await parseStages(workspace, earlier.stages);
      return publishNext(workspace, { sourceId, stages, restoredVersion: version });
    },
  };
}

export function noSuchSource(): TributaryError {
  return new TributaryError('NOT_FOUND', 'There is no such source.', ['input', 'sourceId']);
}
