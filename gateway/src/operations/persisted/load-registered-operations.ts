import {
  checkOperation,
  describeProblem,
  type OperationRules,
  readOperationFiles,
  readOperations,
} from '@tributary/operations';
import { createOperationSource, type OperationSource } from './operation-source.ts';

/**
 * The operations of all files and folders, held against the supergraph they are for.
 * @throws naming file, line and column of whatever cannot be read or served.
 */
export async function loadRegisteredOperations(
  paths: readonly string[],
  rules: OperationRules,
): Promise<OperationSource> {
  const files = (await Promise.all(paths.map(readOperationFiles))).flat();
  const operations = files.flatMap(readOperations);
  const problems = operations.flatMap((operation) => checkOperation(operation, rules));
  if (problems.length > 0) {
    const lines = problems.map(describeProblem).join('\n');
    throw new Error(`Registered operations cannot be served:\n${lines}`);
  }
  return createOperationSource(operations);
}
