import { ApolloGateway, type GraphQLDataSource } from '@apollo/gateway';
import type { Logger } from '@tributary/chassis';
import type { Supergraph } from '../supergraph/load-supergraph.ts';
import type { DataSources } from './data-sources.ts';

export interface ApolloGatewayOptions {
  supergraph: Supergraph;
  dataSources: DataSources;
  logger: Logger;
}

/** Plans and executes queries and mutations; subscriptions are not its business. */
export function createApolloGateway({
  supergraph,
  dataSources,
  logger,
}: ApolloGatewayOptions): ApolloGateway {
  return new ApolloGateway({
    supergraphSdl: supergraph.sdl,
    logger,
    // Otherwise clients can ask for query plans, which name the subgraphs.
    __exposeQueryPlanExperimental: false,
    buildService: ({ name }) => dataSourceOf(dataSources, name),
  });
}

/** @throws for a name that is not the supergraph's. */
function dataSourceOf(dataSources: DataSources, name: string): GraphQLDataSource {
  const dataSource = dataSources[name];
  if (!dataSource) throw new Error(`The supergraph has no subgraph ${name}.`);
  return dataSource as GraphQLDataSource;
}
