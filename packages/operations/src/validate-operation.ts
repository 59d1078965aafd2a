import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  specifiedRules,
  validate,
} from 'graphql';

/** @throws GraphQLError with the code OPERATION_RESOLUTION_FAILURE when the name fits none or several. */
export function selectOperation(
  document: DocumentNode,
  operationName: string | undefined,
): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation) return operation;
  const extensions = { code: 'OPERATION_RESOLUTION_FAILURE' };
  throw new GraphQLError(whyNone(document, operationName), { extensions });
}

function whyNone(document: DocumentNode, operationName: string | undefined): string {
  if (operationName !== undefined) return `The document has no operation "${operationName}".`;
  const holds = document.definitions.some(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return holds
    ? 'The document has several operations: say which one with operationName.'
    : 'The document has no operation.';
}

export interface ValidationOptions {
  schema: GraphQLSchema;
  /** Whether the schema may be read and guessed: off in production. */
  introspection: boolean;
}

/** The document's errors by the specification, each with the code GRAPHQL_VALIDATION_FAILED. */
export function validateOperation(
  document: DocumentNode,
  { schema, introspection }: ValidationOptions,
): readonly GraphQLError[] {
  const rules = introspection
    ? specifiedRules
    : [...specifiedRules, NoSchemaIntrospectionCustomRule];
  const errors = validate(schema, document, rules, {
    maxErrors: 10,
    hideSuggestions: !introspection,
  });
  return errors.map(
    (error) =>
      new GraphQLError(error.message, {
        ...(error.nodes && { nodes: error.nodes }),
        ...(error.source && { source: error.source }),
        ...(error.positions && { positions: error.positions }),
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      }),
  );
}
