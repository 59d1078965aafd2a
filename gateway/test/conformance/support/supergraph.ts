import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { type Entity, identityOf, type Row } from './entity.ts';

export interface SubgraphDefinition {
  sdl: string;
  /** What `_entities` finds here, by the keys in the SDL. */
  entities?: readonly Entity[];
  /** Fields of Query and Mutation. */
  root?: object;
}

export interface Operation {
  query: string;
  variables?: Row;
}

/** What the reference answers wrongly. */
export interface Deviation extends Operation {
  /** Of the GraphQL specification, October 2021. */
  section: string;
}

export interface SupergraphDefinition {
  name: string;
  subgraphs: Readonly<Record<string, SubgraphDefinition>>;
  /** By the sentence that says what each shows. */
  operations: Readonly<Record<string, Operation | string>>;
  /** Where the reference is no reference, by what the gateway does instead. */
  deviations?: Readonly<Record<string, Deviation>>;
}

export function defineSupergraph(definition: SupergraphDefinition): SupergraphDefinition {
  return definition;
}

/** Texts that find something here as arguments, and some that find nothing. */
export function argumentPool({ subgraphs }: SupergraphDefinition): string[] {
  const entities = Object.values(subgraphs).flatMap(({ entities = [] }) => entities);
  return [...new Set(entities.flatMap((record) => identityOf(record) ?? [])), '', 'é "q" \n'];
}

/** The header of a subgraph's SDL. */
export const link = (...imported: string[]) => `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(imported)}
)`;

/** @throws with all that composition has against it. */
export function compose(
  { name, subgraphs }: SupergraphDefinition,
  urls: Readonly<Record<string, string>> = {},
): string {
  const { errors, supergraphSdl } = composeServices(
    Object.entries(subgraphs).map(([subgraph, { sdl }]) => ({
      name: subgraph,
      url: urls[subgraph] ?? '',
      typeDefs: parse(sdl),
    })),
  );
  if (supergraphSdl) return supergraphSdl;
  throw new AggregateError(errors ?? [], `${name}: ${errors?.map(String).join('\n')}`);
}
