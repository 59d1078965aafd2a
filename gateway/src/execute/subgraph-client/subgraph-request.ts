/** One operation for one subgraph. */
export interface SubgraphRequest {
  /** Ready JSON of query, variables and operationName. */
  body: string;
  kind: 'query' | 'mutation';
  /** For traces only. */
  operationName?: string | undefined;
}
