import type { SubgraphContext } from '@tributary/chassis';
import type { Loaders } from './loaders.ts';
import type { Services } from './services/services.ts';

/** What the resolvers of one request share. */
export interface Context extends SubgraphContext, Services {
  loaders: Loaders;
}

/** Another subgraph's or the gateway's way to name a thing. @public for the generated types */
export interface Reference {
  id: string;
}
