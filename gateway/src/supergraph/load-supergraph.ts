import { readFile } from 'node:fs/promises';
import { Supergraph as FederatedSupergraph } from '@apollo/federation-internals';
import { type GraphQLSchema, parse, print } from 'graphql';
import { type AccessRequirements, readAccessRequirements } from './access-requirements.ts';
import { withoutSecurityPurpose } from './link-purposes.ts';
import { readTopics, type Topics } from './topics.ts';

/** A supergraph that was read and checked, with all that the gateway takes from it. */
export interface Supergraph {
  /** SDL as Apollo's gateway and planner accept it. */
  sdl: string;
  federated: FederatedSupergraph;
  /** All of it, with what the API hides. */
  schema: GraphQLSchema;
  /** What clients see. */
  apiSchema: GraphQLSchema;
  topics: Topics;
  accessRequirements: AccessRequirements;
}

/**
 * Read once, at boot: a changed file is taken up by a restart.
 * @throws saying what is wrong with it, before anything is served.
 */
export async function loadSupergraph(path: string): Promise<Supergraph> {
  try {
    return toSupergraph(await readFile(path, 'utf8'));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The supergraph ${path} cannot be served. ${reason}`, { cause: error });
  }
}

function toSupergraph(source: string): Supergraph {
  const document = parse(source);
  const sdl = print(withoutSecurityPurpose(document));
  const federated = FederatedSupergraph.build(sdl);
  return {
    sdl,
    federated,
    schema: federated.schema.toGraphQLJSSchema(),
    apiSchema: federated.apiSchema().toGraphQLJSSchema(),
    topics: readTopics(document),
    accessRequirements: readAccessRequirements(document),
  };
}
