import type { GraphQLSchema } from 'graphql';
import { checkOperations } from './check-operations.ts';
import { createOperationSource, type OperationSource } from './operation-source.ts';
import { readOperationFiles } from './read-operation-files.ts';

/**
 * The operations of all files and folders, checked against the supergraph they are for.
 * @throws naming file and line of whatever cannot be read or served.
 */
export async function loadRegisteredOperations(
  paths: readonly string[],
  apiSchema: GraphQLSchema,
): Promise<OperationSource> {
  const operations = (await Promise.all(paths.map(readOperationFiles))).flat();
  checkOperations(operations, apiSchema);
  return createOperationSource(operations);
}
