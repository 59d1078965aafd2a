/**
 * Signing in at a provider. Who comes back is known by the provider's name for them; an address
 * counts under the rules of docs/identity.md only, so that nobody gets into another's account by one.
 */
import { TributaryError } from '@tributary/errors';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import { hashSecret } from '../credentials/secret.ts';
import { type Flows, newState, type Purpose } from '../external/flows.ts';
import type { LinkTickets } from '../external/link-tickets.ts';
import type { ProvenIdentity, Providers } from '../external/providers.ts';
import type { Origin } from '../origin.ts';
import type { DeviceStore } from '../stores/device-store.ts';
import type { Entrance } from './entrance.ts';
import type { FindExternalAccount } from './external-account.ts';
import type { LinkIdentity } from './link-identity.ts';
import type { Sessions } from './sessions.ts';
import type { SignedIn } from './sign-in-outcome.ts';

export type Problem = 'expired' | 'refused' | 'unavailable' | 'link-first' | 'taken';

/** How it went, and which page says so. */
export type ExternalOutcome =
  | { kind: 'signed-in'; signedIn: SignedIn; from: string }
  | { kind: 'second-factor'; challenge: string }
  | { kind: 'linked' }
  | { kind: 'problem'; problem: Problem; page: '/sign-in' | '/account' };

export interface Departure {
  provider: string;
  /** The secret that this browser is known by. */
  browser: string;
  /** The page to come back to. */
  from: string;
  deviceToken?: string | null | undefined;
  /** Of a signed-in person who adds the provider to their account. */
  ticket?: string | null | undefined;
}

export interface Return {
  provider: string;
  browser: string;
  query: URLSearchParams;
}

export interface ExternalSignIns {
  /** Where to send the browser. @throws NOT_FOUND, UNAVAILABLE, RATE_LIMITED; UNAUTHENTICATED for a bad ticket. */
  begin(departure: Departure, origin: Origin): Promise<string>;
  finish(returned: Return, origin: Origin): Promise<ExternalOutcome>;
}

export interface ExternalSignInDependencies {
  providers: Providers;
  flows: Flows;
  tickets: LinkTickets;
  attempts: SignInAttempts;
  devices: DeviceStore;
  entrance: Entrance;
  sessions: Sessions;
  findAccount: FindExternalAccount;
  linkIdentity: LinkIdentity;
  /** Told why a provider's answer was refused. */
  onRefusal: (provider: string, error: TributaryError) => void;
}

export function createExternalSignIns(dependencies: ExternalSignInDependencies): ExternalSignIns {
  const { providers, flows, attempts, onRefusal } = dependencies;
  return {
    async begin({ provider, browser, ...departure }, origin) {
      await attempts.beginExternal(origin.address);
      const purpose = await purposeOf(dependencies, provider, departure);
      const state = newState();
      const { url, handshake } = await providers.begin(provider, state);
      await flows.keep(state, { provider, browser: hashSecret(browser), ...handshake, purpose });
      return url;
    },

    async finish({ provider, browser, query }, origin) {
      const state = query.get('state') ?? '';
      const flow = await flows.take(state, browser);
      if (flow?.provider !== provider) return problem('expired', '/sign-in');
      const page = flow.purpose.kind === 'link' ? '/account' : '/sign-in';
      try {
        const identity = await providers.finish(provider, { query, state, handshake: flow });
        return await arrive(dependencies, { identity, purpose: flow.purpose, origin });
      } catch (error) {
        if (!(error instanceof TributaryError)) throw error;
        onRefusal(provider, error);
        return problem(error.code === 'UNAVAILABLE' ? 'unavailable' : 'refused', page);
      }
    },
  };
}

async function purposeOf(
  { tickets }: ExternalSignInDependencies,
  provider: string,
  { from, deviceToken, ticket }: Omit<Departure, 'provider' | 'browser'>,
): Promise<Purpose> {
  if (ticket == null) return { kind: 'sign-in', from, ...(deviceToken && { deviceToken }) };
  const held = await tickets.take(ticket);
  if (held?.provider !== provider) {
    throw new TributaryError('UNAUTHENTICATED', 'This took too long. Give your password again.');
  }
  return { kind: 'link', subject: held.subject, session: held.session };
}

async function arrive(
  dependencies: ExternalSignInDependencies,
  arrival: { identity: ProvenIdentity; purpose: Purpose; origin: Origin },
): Promise<ExternalOutcome> {
  const { sessions, findAccount, linkIdentity, devices, entrance } = dependencies;
  const { identity, purpose, origin } = arrival;
  if (purpose.kind === 'link') {
    // Whoever signed out meanwhile, or was signed out, links nothing any more.
    if (!(await sessions.isOpen(purpose))) return problem('expired', '/sign-in');
    const isLinked = await linkIdentity(purpose.subject, identity, origin);
    return isLinked ? { kind: 'linked' } : problem('taken', '/account');
  }
  const account = await findAccount(identity, origin);
  if (!account) return problem('link-first', '/sign-in');
  const { deviceToken, from } = purpose;
  const knownDevice = deviceToken ? await devices.recognise(account.id, deviceToken) : undefined;
  // No RFC 8176 name fits: the provider knows how it was proved. A second factor of ours is still asked for.
  const entry = { proof: { methods: ['fed'] }, knownDevice, origin, workspaceId: undefined };
  const { session, secondFactor } = await entrance.enter(account, entry);
  if (session) return { kind: 'signed-in', signedIn: session, from };
  return { kind: 'second-factor', challenge: secondFactor?.challenge ?? '' };
}

const problem = (
  problem: Problem,
  page: '/sign-in' | '/account',
): ExternalOutcome & { kind: 'problem' } => ({ kind: 'problem', problem, page });
