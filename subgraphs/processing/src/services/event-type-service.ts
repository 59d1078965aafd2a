import { authorise } from '@tributary/chassis';
import { inputError, parseInput } from '@tributary/errors';
import { v7 } from 'uuid';
import { z } from 'zod';
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { SchemaCompiler } from '../pipeline/validate.ts';
import type { EventTypeRow, EventTypeStore } from '../stores/event-type-store.ts';
import type { Caller } from './caller.ts';
import { jsonSchema, nameSchema } from './input-schemas.ts';

const registerSchema = z.object({
  name: nameSchema,
  jsonSchema: jsonSchema.pipe(z.record(z.string(), z.unknown(), 'must be a JSON object')),
});

export interface EventTypeServiceDeps {
  eventTypes: EventTypeStore;
  compileSchema: SchemaCompiler;
  definitions: DefinitionCache;
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

    /** Adds the next version; the schema has to compile. */
    async register(caller: Caller, input: unknown): Promise<EventTypeRow> {
      const { workspace } = authorise(caller.principal, 'eventType.register');
      const parsed = parseInput(registerSchema, input);
      assertCompiles(parsed.jsonSchema, compileSchema);
      const row = await eventTypes.register(workspace, { id: v7(), ...parsed });
      await definitions.refresh(workspace);
      return row;
    },
  };
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
