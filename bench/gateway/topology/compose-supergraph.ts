import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { subgraphNames, subgraphSdl } from './subgraph-schemas.ts';

/** The supergraph of subgraphs that are served under `baseUrl`. */
export function composeSupergraph(baseUrl: string): string {
  const { supergraphSdl, errors } = composeServices(
    subgraphNames.map((name) => ({
      name,
      url: `${baseUrl}/${name}`,
      typeDefs: parse(subgraphSdl[name]),
    })),
  );
  if (errors) throw new AggregateError(errors, 'The subgraphs of the benchmark do not compose.');
  return supergraphSdl;
}
