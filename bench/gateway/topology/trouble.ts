import type { SubgraphName } from './subgraph-schemas.ts';

/** What is wrong with the subgraphs at the moment; sent to their process as a message. */
export interface Trouble {
  slow?: { subgraph: SubgraphName; milliseconds: number };
  failing?: SubgraphName;
}
