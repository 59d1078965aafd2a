import type { DefinitionStore, Version } from '../stores/definition-store.ts';
import { compileStages } from './compile-stages.ts';
import type { LookupRows } from './enrich.ts';
import type { Failure, FailureStage } from './failure.ts';
import type { HttpLookups } from './http-lookups.ts';
import type { CompiledPipeline } from './run-pipeline.ts';
import type { Stage } from './stage.ts';
import { type StageDefinition, stagesSchema } from './stage-definition.ts';
import { toUnknownTypes, type UnknownTypes } from './unknown-types.ts';
import type { SchemaCompiler, Validator } from './validate.ts';

/** A workspace's definitions as functions. */
export interface CompiledDefinitions {
  /** Of the newest schema of a type; undefined for types that nobody registered. */
  validatorFor: (type: string) => Validator | undefined;
  pipelineFor: (sourceId: string, type: string) => CompiledPipeline;
  /** What becomes of a source's events whose type nobody registered. */
  unknownTypesOf: (sourceId: string) => UnknownTypes;
}

/** What the next compilation need not do again, by the versions it came from. */
export interface Compiled {
  fingerprint: string;
  definitions: CompiledDefinitions;
  validators: ReadonlyMap<string, Validator>;
  stages: ReadonlyMap<string, StoredPipeline>;
  tables: ReadonlyMap<string, LookupRows>;
}

interface StoredPipeline {
  definitions: StageDefinition[];
  maskKey: string;
}

export interface DefinitionCompilerDeps {
  store: DefinitionStore;
  compileSchema: SchemaCompiler;
  http: HttpLookups;
}

/** Reads a workspace's versions and compiles those that are not in `held`. */
export function createDefinitionCompiler({ store, compileSchema, http }: DefinitionCompilerDeps) {
  async function newValidators(workspace: string, ids: string[]): Promise<[string, Validator][]> {
    const rows = await store.loadSchemas(workspace, ids);
    return rows.map(({ id, jsonSchema }) => [id, safeValidator(compileSchema, jsonSchema)]);
  }

  async function newStages(workspace: string, ids: string[]) {
    const rows = await store.loadStages(workspace, ids);
    return rows.map(({ id, stages, maskKey }) => {
      const definitions = stagesSchema.safeParse(stages).data;
      return [id, definitions && { definitions, maskKey }] as const;
    });
  }

  return async (workspace: string, held: Compiled | undefined): Promise<Compiled> => {
    const versions = await store.readVersions(workspace);
    const fingerprint = versions.map(versionKey).join('\n');
    if (held && held.fingerprint === fingerprint) return held;
    const of = (kind: Version['kind']) => versions.filter((version) => version.kind === kind);
    const [schemas, pipelines] = [of('schema'), of('pipeline')];
    const validators = await renew(held?.validators, schemas, (ids) =>
      newValidators(workspace, ids),
    );
    const stages = await renew(held?.stages, pipelines, (ids) => newStages(workspace, ids));
    const wanted = of('table').filter(({ subject }) => isUsed(subject, stages));
    const tables = await renew(held?.tables, wanted, (ids) => store.loadTables(workspace, ids));
    const parts = { schemas, pipelines, wanted, sources: of('source') };
    const definitions = assemble({ ...parts, validators, stages, tables, http });
    return { fingerprint, definitions, validators, stages, tables };
  };
}

const versionKey = ({ id, version }: Version): string => `${id}@${version}`;

/**
 * Everything in `versions`, by version key: from `held` where it is there, loaded by id where not.
 * What cannot be used is left out.
 */
async function renew<Value>(
  held: ReadonlyMap<string, Value> | undefined,
  versions: readonly Version[],
  load: (ids: string[]) => Promise<(readonly [id: string, value: Value | undefined])[]>,
): Promise<Map<string, Value>> {
  const missing = versions.filter((version) => !held?.has(versionKey(version)));
  const loaded = new Map(missing.length > 0 ? await load(missing.map(({ id }) => id)) : []);
  const renewed = new Map<string, Value>();
  for (const version of versions) {
    const key = versionKey(version);
    const value = loaded.get(version.id) ?? held?.get(key);
    if (value !== undefined) renewed.set(key, value);
  }
  return renewed;
}

function isUsed(table: string, stages: ReadonlyMap<string, StoredPipeline>) {
  return [...stages.values()].some(({ definitions }) =>
    definitions.some((stage) => stage.kind === 'enrich' && stage.table === table),
  );
}

interface Parts extends Pick<Compiled, 'validators' | 'stages' | 'tables'> {
  schemas: Version[];
  pipelines: Version[];
  wanted: Version[];
  sources: Version[];
  http: HttpLookups;
}

function assemble(parts: Parts): CompiledDefinitions {
  const validatorOfType = new Map(
    parts.schemas.map((version) => [version.subject, parts.validators.get(versionKey(version))]),
  );
  const rowsOfTable = new Map<string, LookupRows>();
  for (const version of parts.wanted) {
    const rows = parts.tables.get(versionKey(version));
    if (rows) rowsOfTable.set(version.subject, rows);
  }
  const stagesOfSource = new Map(
    parts.pipelines.map((version) => {
      const stored = parts.stages.get(versionKey(version));
      if (!stored) return [version.subject, [unusable]];
      const means = { tables: rowsOfTable, http: parts.http, maskKey: stored.maskKey };
      return [version.subject, compileStages(stored.definitions, means)];
    }),
  );
  const policies = new Map(parts.sources.map(({ subject, version }) => [subject, version]));
  const unknownTypesOf = (sourceId: string) => toUnknownTypes(policies.get(sourceId));
  return {
    validatorFor: (type) => validatorOfType.get(type),
    pipelineFor: (sourceId, type) => ({
      validate: validatorOfType.get(type),
      stages: stagesOfSource.get(sourceId) ?? [],
      unknownTypes: unknownTypesOf(sourceId),
    }),
    unknownTypesOf,
  };
}

/** A stored schema that cannot be compiled fails its own type's events, not the workspace. */
function safeValidator(compileSchema: SchemaCompiler, jsonSchema: unknown): Validator {
  try {
    return compileSchema(jsonSchema as object);
  } catch {
    return () => unusableVersion('VALIDATE', 'schema');
  }
}

const unusable: Stage = () => ({
  kind: 'failed',
  failure: unusableVersion('TRANSFORM', 'pipeline'),
});

function unusableVersion(stage: FailureStage, what: string): Failure {
  return { stage, field: null, reason: `expected a ${what} that can be run; publish it again` };
}
