import { InputError, parseInput } from '@tributary/errors';
import type { HttpLookups } from '../pipeline/http-lookups.ts';
import { httpHost } from '../pipeline/http-template.ts';
import { type StageDefinition, stagesSchema } from '../pipeline/stage-definition.ts';
import type { LookupTableStore } from '../stores/lookup-table-store.ts';
import { jsonSchema } from './input-schemas.ts';

const inputSchema = jsonSchema.pipe(stagesSchema);
const stagesPath = ['input', 'stages'];

export interface StageParserDeps {
  lookupTables: LookupTableStore;
  http: HttpLookups;
}

/** @throws InputError with everything that keeps the stages from running in this workspace. */
export type ParseStages = (workspace: string, stages: unknown) => Promise<StageDefinition[]>;

export function createStageParser({ lookupTables, http }: StageParserDeps): ParseStages {
  return async (workspace, given) => {
    const stages = parseInput(inputSchema, given, stagesPath);
    const names = stages.flatMap((stage) => (stage.kind === 'enrich' ? [stage.table] : []));
    const tables = await lookupTables.columnsOf(workspace, names);
    const errors = stages.flatMap((stage, index) => {
      const problem = enrichProblem(stage, tables) ?? httpProblem(stage, http);
      if (!problem) return [];
      const field = [...stagesPath, String(index), ...problem.path];
      return [{ code: 'INVALID_INPUT' as const, message: problem.message, field }];
    });
    if (errors.length > 0) throw new InputError(errors);
    return stages;
  };
}

/** Every table and column that enrichment names has to be there. */
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

function httpProblem(stage: StageDefinition, http: HttpLookups) {
  if (stage.kind !== 'http') return undefined;
  const host = httpHost(stage.url);
  if (http.isAllowed(host)) return undefined;
  const message = `“${host}” may not be asked: whoever runs this installation names the hosts in HTTP_STAGE_HOSTS.`;
  return { path: ['url'], message };
}
