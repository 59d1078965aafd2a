import { Kind, parse } from 'graphql';

/** The names of a text's operations in their order; one without a name has none. @throws GraphQLError. */
export function operationNames(text: string): string[] {
  return parse(text, { noLocation: true }).definitions.flatMap((definition) =>
    definition.kind === Kind.OPERATION_DEFINITION && definition.name ? [definition.name.value] : [],
  );
}
