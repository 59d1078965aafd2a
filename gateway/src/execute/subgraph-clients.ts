import type { PassportSigner } from '@tributary/chassis';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import { createSubgraphClient, type SubgraphClient } from './subgraph-client/subgraph-client.ts';

export interface SubgraphClientsOptions {
  supergraph: Supergraph;
  /** Base URLs that replace composed ones, by the subgraph's name. */
  urls: Readonly<Record<string, string | undefined>>;
  signPassport: PassportSigner | undefined;
}

/** One for every subgraph of the supergraph, for queries and subscriptions alike. */
export function createSubgraphClients(
  options: SubgraphClientsOptions,
): ReadonlyMap<string, SubgraphClient> {
  const { supergraph, urls, ...rest } = options;
  return new Map(
    supergraph.federated.subgraphsMetadata().map(({ name, url }) => {
      const base = urls[name];
      return [name, createSubgraphClient({ name, url: base ? `${base}/graphql` : url, ...rest })];
    }),
  );
}
