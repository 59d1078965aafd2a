import { type Facts, factsOf, type PolicySet } from '@tributary/chassis';
import type { Context } from '../context.ts';
import type { AccessClaims } from '../operations/authorization/is-met.ts';

type Asker = Pick<Context, 'principal' | 'client'>;

/** What a principal brings to the schema's requirements, from where and when it asks. */
export const accessClaims = (policies: PolicySet, asker: Asker): AccessClaims =>
  new RequestClaims(policies, asker);

const none: readonly string[] = [];

/** Made for every request; facts are gathered where the schema names a policy only. */
class RequestClaims implements AccessClaims {
  readonly authenticated: boolean;
  readonly scopes: readonly string[];
  readonly policies = this;
  readonly #set: PolicySet;
  readonly #asker: Asker;
  #facts: Facts | undefined;

  constructor(set: PolicySet, asker: Asker) {
    const { principal } = asker;
    this.#set = set;
    this.#asker = asker;
    this.authenticated = principal.kind !== 'anonymous';
    this.scopes = principal.kind === 'anonymous' ? none : principal.scopes;
  }

  includes(policy: string): boolean {
    const { principal, client } = this.#asker;
    this.#facts ??= factsOf(principal, { address: client?.address ?? '', at: new Date() });
    return this.#set.isMet(policy, this.#facts);
  }
}
