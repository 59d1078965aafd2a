import { authorise } from '@tributary/chassis';
import { InputError, inputError, parseInput } from '@tributary/errors';
import { createCompoundSchema } from 'genson-js';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import { breakingChanges, type SchemaChange } from '../pipeline/schema-changes.ts';
import { findUnstorable } from '../pipeline/unstorable.ts';
import type { SchemaCompiler } from '../pipeline/validate.ts';
import type { EventTypeRow, EventTypeStore } from '../stores/event-type-store.ts';
import type { Caller } from './caller.ts';
import { jsonSchema, nameSchema } from './input-schemas.ts';

const registerSchema = z.object({
  name: nameSchema,
  jsonSchema: jsonSchema.pipe(z.record(z.string(), z.unknown(), 'must be a JSON object')),
  /** Takes a schema, too, that refuses what the one before it took. */
  allowBreaking: z.boolean().nullish(),
});
const mostExamples = 1_000;
const inferSchema = z.object({
  sourceId: z.uuid('must be the id of a source'),
  type: nameSchema,
  examples: z
    .array(z.record(z.string(), z.unknown(), 'must be the JSON object that data is'))
    .max(mostExamples, `must be at most ${mostExamples}`)
    .refine((examples) => findUnstorable(examples) === undefined, 'must be JSON that can be stored')
    .nullish()
    .transform((given) => given ?? []),
});

export interface EventTypeServiceDeps {
  eventTypes: EventTypeStore;
  compileSchema: SchemaCompiler;
  definitions: DefinitionCache;
}

export interface InferredSchema {
  jsonSchema: object;
  /** How many events it was made from. */
  exampleCount: number;
}

export function createEventTypeService(deps: EventTypeServiceDeps) {
  const { eventTypes, compileSchema, definitions } = deps;

  return {
    async byId(caller: Caller, id: string): Promise<EventTypeRow | null> {
      authorise(caller.principal, 'eventType.read');
      return caller.loaders.eventType.load(id);
    },

    /** The newest version of each, by name. */
    async list(caller: Caller): Promise<EventTypeRow[]> {
      const { workspace } = authorise(caller.principal, 'eventType.read');
      return eventTypes.newest(workspace);
    },

    /**
     * Adds the next version; the schema has to compile, and to take what the version before it took
     * unless the caller allows breaks.
     */
    async register(caller: Caller, input: unknown): Promise<EventTypeRow> {
      const { workspace } = authorise(caller.principal, 'eventType.register');
      const { allowBreaking, ...type } = parseInput(registerSchema, input);
      assertCompiles(type.jsonSchema, compileSchema);
      const row = await eventTypes.register(workspace, { id: v7(), ...type }, (held) => {
        if (allowBreaking !== true) assertCompatible(changesFrom(held, type.jsonSchema));
      });
      await definitions.refresh(workspace);
      return row;
    },

    /** Where a schema may refuse what the newest version takes; nothing is registered. */
    async check(caller: Caller, input: unknown): Promise<SchemaChange[]> {
      const { workspace } = authorise(caller.principal, 'eventType.read');
      const { name, jsonSchema: next } = parseInput(registerSchema, input);
      assertCompiles(next, compileSchema);
      return changesFrom(await eventTypes.newestOf(workspace, name), next);
    },

    /** A schema that takes the source's samples of a type, and the examples: something to begin with. */
    async infer(caller: Caller, input: unknown): Promise<InferredSchema> {
      authorise(caller.principal, 'pipeline.read');
      const { sourceId, type, examples } = parseInput(inferSchema, input);
      const samples = await caller.loaders.sampleEvents.load(sourceId);
      const data = samples
        .filter(({ event }) => event.type === type)
        .map(({ event }) => event.data);
      const all = [...data, ...examples];
      if (all.length === 0) {
        throw inputError('has no samples yet, and no examples are given', ['input', 'type']);
      }
      return { jsonSchema: createCompoundSchema(all), exampleCount: all.length };
    },
  };
}

function changesFrom(held: EventTypeRow | undefined, next: object): SchemaChange[] {
  return held ? breakingChanges(held.jsonSchema, next) : [];
}

function assertCompiles(schema: object, compileSchema: SchemaCompiler): void {
  try {
    compileSchema(schema);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw inputError(`is no JSON Schema (draft 2020-12) that can be used: ${cause}`, [
      'input',
      'jsonSchema',
    ]);
  }
}

/** @throws InputError naming every place where the schema may refuse what was taken. */
function assertCompatible(changes: readonly SchemaChange[]): void {
  if (changes.length === 0) return;
  throw new InputError(
    changes.map(({ path, message }) => ({
      code: 'CONFLICT',
      message: `${path.join('.') || 'The schema'}: ${message}.`,
      field: ['input', 'jsonSchema', ...path],
    })),
  );
}
