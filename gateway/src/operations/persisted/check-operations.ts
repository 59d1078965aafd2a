import {
  GraphQLError,
  type GraphQLSchema,
  getLocation,
  Kind,
  parse,
  Source,
  validate,
} from 'graphql';
import type { RegisteredOperation } from './operation-source.ts';

/**
 * Holds registered operations against what the supergraph serves.
 * @throws naming the place and the line of everything that is wrong.
 */
export function checkOperations(
  operations: readonly RegisteredOperation[],
  apiSchema: GraphQLSchema,
): void {
  const problems = operations.flatMap((operation) => problemsOf(operation, apiSchema));
  if (problems.length === 0) return;
  throw new Error(`Registered operations cannot be served:\n${problems.join('\n')}`);
}

function problemsOf({ text, origin }: RegisteredOperation, apiSchema: GraphQLSchema): string[] {
  const source = new Source(text, origin);
  try {
    const document = parse(source);
    if (!document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION)) {
      return [`${origin}: there is no operation in it.`];
    }
    return validate(apiSchema, document).map((error) => describe(error, source));
  } catch (error) {
    if (error instanceof GraphQLError) return [describe(error, source)];
    throw error;
  }
}

function describe({ message, positions }: GraphQLError, source: Source): string {
  const { line } = getLocation(source, positions?.[0] ?? 0);
  return `${source.name}, line ${line}: ${message}`;
}
