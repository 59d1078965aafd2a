/**
 * Names of operations as labels. Clients choose those names, so only the first hundred that were answered
 * without an error get a series of their own; a flood of made-up names ends up as `other`.
 */
export interface OperationLabels {
  labelOf(operationName: string | undefined, answered: boolean): string;
}

export function createOperationLabels(most = 100): OperationLabels {
  const known = new Set<string>();
  return {
    labelOf(operationName, answered) {
      if (operationName === undefined) return 'anonymous';
      if (known.has(operationName)) return operationName;
      if (!answered || known.size >= most || operationName.length > 100) return 'other';
      known.add(operationName);
      return operationName;
    },
  };
}
