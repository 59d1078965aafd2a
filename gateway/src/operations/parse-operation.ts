import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  NoSchemaIntrospectionCustomRule,
  type OperationDefinitionNode,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { OperationSource } from './operation-source.ts';

export interface ParsedOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/** @throws GraphQLError with the code GRAPHQL_PARSE_FAILED or OPERATION_RESOLUTION_FAILURE. */
export function parseOperation(
  { text, operationName }: OperationSource,
  { maxTokens }: { maxTokens: number },
): ParsedOperation {
  const document = parseDocument(text, maxTokens);
  const operation = getOperationAST(document, operationName);
  if (!operation) throw withCode(new GraphQLError(whyNone(document, operationName)), resolution);
  const fragments = document.definitions.filter(
    (definition) => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  return {
    document,
    operation,
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
  };
}

const resolution = 'OPERATION_RESOLUTION_FAILURE';

function parseDocument(text: string, maxTokens: number): DocumentNode {
  try {
    return parse(text, { maxTokens });
  } catch (error) {
    throw error instanceof GraphQLError ? withCode(error, 'GRAPHQL_PARSE_FAILED') : error;
  }
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
export function validateDocument(
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
  return errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
}

function withCode(error: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(error.message, {
    ...(error.nodes && { nodes: error.nodes }),
    ...(error.source && { source: error.source }),
    ...(error.positions && { positions: error.positions }),
    extensions: { code },
  });
}
