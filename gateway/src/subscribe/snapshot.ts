/** The state as it is now, in the shape of a subscription's results: see `snapshot` of `@topic`. */
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  print,
} from 'graphql';
import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Engine } from '../engine.ts';
import type { Variables } from '../execute/execute-operation.ts';
import type { CompiledOperation } from '../operations/compiled-operation.ts';

export interface SnapshotSource {
  /** From `compileSnapshot`. */
  compiled: CompiledOperation;
  /** What authorization keeps from the principal of the query. */
  unmet: string;
  variables: Variables;
  context: Context;
}

const answerSchema = z.object({
  data: z.record(z.string(), z.array(z.unknown()).nullable()),
  errors: z.unknown().optional(),
});

/**
 * The query that equals a subscription: its selections on a list field of Query. Undefined where the
 * subscription selects its field through a fragment.
 */
export function compileSnapshot(
  engine: Engine,
  subscription: CompiledOperation,
  queryField: string,
): CompiledOperation | undefined {
  const { operation, document } = subscription;
  const [field, ...others] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || others.length > 0) return undefined;
  const query = asQuery(operation, field, queryField);
  const definitions = document.definitions.flatMap((definition) => {
    if (definition === operation) return query;
    return definition.kind === Kind.FRAGMENT_DEFINITION ? definition : [];
  });
  const text = print({ kind: Kind.DOCUMENT, definitions });
  const compiled = engine.operations.compile({ text, operationName: operation.name?.value });
  if (compiled.kind === 'invalid') {
    throw new Error(`A snapshot cannot be asked for. ${compiled.errors[0]?.message}`);
  }
  return compiled;
}

function asQuery(
  operation: OperationDefinitionNode,
  field: FieldNode,
  queryField: string,
): OperationDefinitionNode {
  const asked: FieldNode = {
    ...field,
    alias: field.alias ?? field.name,
    name: { kind: Kind.NAME, value: queryField },
  };
  return {
    ...operation,
    operation: OperationTypeNode.QUERY,
    selectionSet: { kind: Kind.SELECTION_SET, selections: [asked] },
  };
}

/** Results, as JSON, one for each of the list's values; one with the errors where there are any. */
export async function takeSnapshot(
  engine: Engine,
  { compiled, unmet, variables, context }: SnapshotSource,
): Promise<string[]> {
  const planned = await compiled.plan(unmet);
  const { body } = await engine.execute(compiled, planned, { variables, context });
  const answer = answerSchema.safeParse(JSON.parse(body));
  const [[key, values] = []] = Object.entries(answer.data?.data ?? {});
  if (key === undefined || answer.data?.errors) return [body];
  return (values ?? []).map((value) => JSON.stringify({ data: { [key]: value } }));
}
