import type { DefinitionStore } from '../stores/definition-store.ts';
import { compileStages } from './compile-stages.ts';
import type { HttpLookups } from './http-lookups.ts';
import type { Stage } from './stage.ts';
import type { StageDefinition } from './stage-definition.ts';

/** Stages that are not in force, ready to be tried; undefined when the workspace has no such source. */
export type CompilePreview = (
  workspace: string,
  sourceId: string,
  stages: readonly StageDefinition[],
) => Promise<Stage[] | undefined>;

export interface PreviewCompilerDeps {
  store: DefinitionStore;
  http: HttpLookups;
}

export function createPreviewCompiler({ store, http }: PreviewCompilerDeps): CompilePreview {
  return async (workspace, sourceId, stages) => {
    const maskKey = await store.maskKeyOf(workspace, sourceId);
    if (maskKey === undefined) return undefined;
    const names = stages.flatMap((stage) => (stage.kind === 'enrich' ? [stage.table] : []));
    const ids = await store.tableIds(workspace, names);
    const rowsOfId = new Map(await store.loadTables(workspace, [...ids.values()]));
    const tables = new Map([...ids].map(([name, id]) => [name, rowsOfId.get(id) ?? new Map()]));
    return compileStages(stages, { tables, http, maskKey });
  };
}
