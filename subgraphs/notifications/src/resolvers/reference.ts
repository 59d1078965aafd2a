/** An entity that another subgraph owns. @public for the generated types */
export interface Reference {
  id: string;
}
