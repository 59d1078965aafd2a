import type { Principal, SubgraphContext, UserPrincipal } from '@tributary/chassis';
import type { Origin } from './origin.ts';
import type { Services } from './services/services.ts';
import { createLoaders, type Loaders, type Stores } from './stores/loaders.ts';

/** What the resolvers of one request share. */
export interface Context extends SubgraphContext, Services {
  origin: Origin;
  /** Bound to the request's principal. */
  loaders: Loaders;
  loadersFor: (principal: Principal) => Loaders;
}

export function createContext(
  facts: SubgraphContext,
  { services, stores }: { services: Services; stores: Stores },
): Context {
  const loadersFor = (principal: Principal) => createLoaders(stores, principal);
  const origin = { ...facts.client, requestId: facts.requestId };
  return { ...facts, ...services, origin, loaders: loadersFor(facts.principal), loadersFor };
}

/**
 * Goes on as the person who has just signed in, so that the payload's `session.user` can be asked
 * for all that is theirs. Mutations run one after the other, each with its selections
 * (https://spec.graphql.org/October2021/#sec-Mutation), so nobody's selections see another's.
 */
export function speakAs(context: Context, principal: UserPrincipal): void {
  context.principal = principal;
  context.loaders = context.loadersFor(principal);
}
