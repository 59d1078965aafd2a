import { composeServices } from '@apollo/composition';
import { Supergraph as FederatedSupergraph, printSchema } from '@apollo/federation-internals';
import { withoutSecurityPurpose } from '@tributary/operations';
import { buildSchema, type DocumentNode, type GraphQLSchema, parse, print } from 'graphql';
import {
  type AccessRequirements,
  readAccessRequirements,
} from '../../src/supergraph/access-requirements.ts';

export interface ComposedSupergraph {
  document: DocumentNode;
  apiSchema: GraphQLSchema;
  accessRequirements: AccessRequirements;
}

/** Federation 2.9 with what tests of limits and authorization use. */
export const federationLink = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
    "@key", "@shareable", "@external", "@requires", "@interfaceObject", "@inaccessible",
    "@authenticated", "@requiresScopes", "@policy", "@cost", "@listSize"
  ])
`;

export interface Composition {
  link?: string;
  /** Changes the composed text, to what another version of composition writes. */
  edit?: (sdl: string) => string;
}

/** What the gateway would read of the composed subgraphs; they are not started. */
export function composeSupergraph(
  subgraphs: Record<string, string>,
  { link = federationLink, edit = (sdl) => sdl }: Composition = {},
): ComposedSupergraph {
  const composed = composeServices(
    Object.entries(subgraphs).map(([name, sdl]) => ({
      name,
      url: `http://${name}.test`,
      typeDefs: parse(`${link} ${sdl}`),
    })),
  );
  if (composed.errors) throw new AggregateError(composed.errors, composed.errors.join('\n'));
  const document = parse(edit(composed.supergraphSdl));
  const federated = FederatedSupergraph.build(print(withoutSecurityPurpose(document)));
  return {
    document,
    // Printed and read again, since Apollo's packages load another copy of graphql than the tests.
    apiSchema: buildSchema(printSchema(federated.apiSchema())),
    accessRequirements: readAccessRequirements(document),
  };
}
