import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { PassportSigner } from '@tributary/chassis';
import type { Context } from '../context.ts';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import { createSubgraphClient, type SubgraphClient } from './subgraph-client.ts';

/** By the subgraph's name; what Apollo's executor sends its fetches to. */
export type DataSources = Readonly<Record<string, GraphQLDataSource<Context>>>;

export interface DataSourceOptions {
  supergraph: Supergraph;
  /** Base URLs that replace composed ones, by the subgraph's name. */
  urls: Readonly<Record<string, string | undefined>>;
  signPassport: PassportSigner | undefined;
  discreet: boolean;
}

/** One for every subgraph of the supergraph, for queries and subscriptions alike. */
export function createDataSources(options: DataSourceOptions): DataSources {
  const { supergraph, urls, ...rest } = options;
  return Object.fromEntries(
    supergraph.federated.subgraphsMetadata().map(({ name, url }) => {
      const base = urls[name];
      const client = createSubgraphClient({ name, url: base ? `${base}/graphql` : url, ...rest });
      return [name, toDataSource(client)];
    }),
  );
}

function toDataSource(client: SubgraphClient): GraphQLDataSource<Context> {
  return {
    process: ({ request, context }: GraphQLDataSourceProcessOptions<Context>) => {
      const { query = '', variables, operationName } = request;
      return client({ query, variables, operationName }, context as Context);
    },
  };
}
