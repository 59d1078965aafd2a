import type { Principal, SubgraphContext, UserPrincipal } from '@tributary/chassis';
import type { Accounts } from './services/accounts.ts';
import { createLoaders, type Loaders, type Stores } from './stores/loaders.ts';

/** What the resolvers of one request share. */
export interface Context extends SubgraphContext {
  accounts: Accounts;
  /** Bound to the request's principal. */
  loaders: Loaders;
  loadersFor: (principal: Principal) => Loaders;
}

export interface ContextDependencies {
  accounts: Accounts;
  stores: Stores;
}

export function createContext(
  facts: SubgraphContext,
  { accounts, stores }: ContextDependencies,
): Context {
  const loadersFor = (principal: Principal) => createLoaders(stores, principal);
  return { ...facts, accounts, loaders: loadersFor(facts.principal), loadersFor };
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
