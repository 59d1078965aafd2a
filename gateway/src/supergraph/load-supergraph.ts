import { Supergraph as FederatedSupergraph } from '@apollo/federation-internals';
import {
  type CostDirectives,
  readCostDirectives,
  readSupergraphText,
  withoutSecurityPurpose,
} from '@tributary/operations';
import { type GraphQLSchema, parse, print } from 'graphql';
import { type AccessRequirements, readAccessRequirements } from './access-requirements.ts';
import { type CacheHints, readCacheHints } from './cache-hints.ts';
import { readTopics, type Topics } from './topics.ts';

/** A supergraph that was read and checked, with all that the gateway takes from it. */
export interface Supergraph {
  /** As it was read. */
  source: string;
  /** SDL as Apollo's gateway and planner accept it. */
  sdl: string;
  federated: FederatedSupergraph;
  /** All of it, with what the API hides. */
  schema: GraphQLSchema;
  /** What clients see. */
  apiSchema: GraphQLSchema;
  topics: Topics;
  accessRequirements: AccessRequirements;
  costDirectives: CostDirectives;
  cacheHints: CacheHints;
}

/**
 * @param location a path, or an http(s) URL.
 * @throws saying what is wrong with it, before anything is served.
 */
export async function loadSupergraph(location: string): Promise<Supergraph> {
  try {
    return toSupergraph(await readSupergraphText(location));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The supergraph ${location} cannot be served. ${reason}`, { cause: error });
  }
}

/** @throws saying what is wrong with it. */
export function toSupergraph(source: string): Supergraph {
  const document = parse(source);
  const sdl = print(withoutSecurityPurpose(document));
  const federated = FederatedSupergraph.build(sdl);
  return {
    source,
    sdl,
    federated,
    schema: federated.schema.toGraphQLJSSchema(),
    apiSchema: federated.apiSchema().toGraphQLJSSchema(),
    topics: readTopics(document),
    accessRequirements: readAccessRequirements(document),
    costDirectives: readCostDirectives(document),
    cacheHints: readCacheHints(document),
  };
}
