import { authorise } from '@tributary/chassis';
import { InputError, parseInput, TributaryError } from '@tributary/errors';
import { validate as isUuid, v7 } from 'uuid';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import { type StageDefinition, stagesSchema } from '../pipeline/stage.ts';
import type { LookupTableStore } from '../stores/lookup-table-store.ts';
import type { PipelineRow, PipelineStore } from '../stores/pipeline-store.ts';
import type { Caller } from './caller.ts';
import { jsonSchema } from './input-schemas.ts';

const stagesPath = ['input', 'stages'];
const inputSchema = jsonSchema.pipe(stagesSchema);

export interface PipelineServiceDeps {
  pipelines: PipelineStore;
  lookupTables: LookupTableStore;
  definitions: DefinitionCache;
}

export function createPipelineService(deps: PipelineServiceDeps) {
  const { pipelines, lookupTables, definitions } = deps;

  /** Every table and column that enrichment names has to be there. */
  async function assertTables(workspace: string, stages: readonly StageDefinition[]) {
    const names = stages.flatMap((stage) => (stage.kind === 'enrich' ? [stage.table] : []));
    const tables = await lookupTables.columnsOf(workspace, names);
    const errors = stages.flatMap((stage, index) => {
      const problem = enrichProblem(stage, tables);
      if (!problem) return [];
      const field = [...stagesPath, String(index), ...problem.path];
      return [{ code: 'INVALID_INPUT' as const, message: problem.message, field }];
    });
    if (errors.length > 0) throw new InputError(errors);
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

    async publish(
      caller: Caller,
      input: { sourceId: string; stages: unknown },
    ): Promise<PipelineRow> {
      const { workspace } = authorise(caller.principal, 'pipeline.publish');
      const stages = parseInput(inputSchema, input.stages, stagesPath);
      await assertTables(workspace, stages);
      const next = { id: v7(), sourceId: input.sourceId, stages };
      const row = isUuid(input.sourceId) ? await pipelines.publish(workspace, next) : undefined;
      if (!row) throw noSuchSource();
      await definitions.refresh(workspace);
      return row;
    },
  };
}

function enrichProblem(stage: StageDefinition, tables: ReadonlyMap<string, string[]>) {
  if (stage.kind !== 'enrich') return undefined;
  const columns = tables.get(stage.table);
  if (!columns) {
    return { path: ['table'], message: `There is no look-up table “${stage.table}”.` };
  }
  const missing = Object.entries(stage.add).find(([, column]) => !columns.includes(column));
  if (columns.length === 0 || !missing) return undefined;
  const [field, column] = missing;
  const message = `The table has no column “${column}”; it has ${columns.join(', ')}.`;
  return { path: ['add', field], message };
}

function noSuchSource(): TributaryError {
  return new TributaryError('NOT_FOUND', 'There is no such source.', ['input', 'sourceId']);
}
