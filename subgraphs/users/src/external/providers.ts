/**
 * Providers of sign-ins by OpenID Connect: authorization code with PKCE (RFC 7636), state and nonce.
 * The protocol, and what is checked of it, is openid-client's.
 */
import { TributaryError } from '@tributary/errors';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientSecretPost,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  fetchUserInfo,
  None,
  randomNonce,
  randomPKCECodeVerifier,
} from 'openid-client';
import { z } from 'zod';
import type { ProviderSettings } from './provider-settings.ts';

/** Who somebody is at a provider. */
export interface ProvenIdentity {
  issuer: string;
  /** The provider's name for them. */
  subject: string;
  email: string | undefined;
  /** The provider calls the address verified, and is trusted with that. */
  isEmailTrusted: boolean;
  name: string | undefined;
}

/** What has to be known again when the person comes back. */
export interface Handshake {
  verifier: string;
  nonce: string;
}

export interface Providers {
  list(): { id: string; name: string }[];
  /** @throws NOT_FOUND for no such provider, UNAVAILABLE while it does not answer. */
  begin(id: string, state: string): Promise<{ url: string; handshake: Handshake }>;
  /** `query` is what the provider sent along. @throws UNAUTHENTICATED unless all of it is right, UNAVAILABLE. */
  finish(
    id: string,
    answer: { query: URLSearchParams; state: string; handshake: Handshake },
  ): Promise<ProvenIdentity>;
  nameOf(issuer: string): string;
}

const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.string().trim().toLowerCase().pipe(z.email().max(254)).optional().catch(undefined),
  email_verified: z.boolean().optional().catch(undefined),
  name: z.string().trim().min(1).max(200).optional().catch(undefined),
});

export function createProviders(options: {
  providers: readonly ProviderSettings[];
  /** Where people reach Tributary. */
  publicUrl: string;
}): Providers {
  const { providers } = options;
  const configurationOf = createDiscovery();
  const redirectUri = (id: string) =>
    `${options.publicUrl.replace(/\/+$/, '')}/auth/external/${id}/callback`;

  return {
    list: () => providers.map(({ id, name }) => ({ id, name })),
    nameOf: (issuer) => providers.find((one) => one.issuer === issuer)?.name ?? issuer,

    async begin(id, state) {
      const settings = settingsOf(providers, id);
      const configuration = await configurationOf(settings);
      const handshake = { verifier: randomPKCECodeVerifier(), nonce: randomNonce() };
      const url = buildAuthorizationUrl(configuration, {
        redirect_uri: redirectUri(id),
        scope: settings.scope,
        code_challenge: await calculatePKCECodeChallenge(handshake.verifier),
        code_challenge_method: 'S256',
        state,
        nonce: handshake.nonce,
      });
      return { url: url.href, handshake };
    },

    async finish(id, { query, state, handshake }) {
      const settings = settingsOf(providers, id);
      const configuration = await configurationOf(settings);
      const returned = new URL(`${redirectUri(id)}?${query}`);
      const tokens = await authorizationCodeGrant(configuration, returned, {
        pkceCodeVerifier: handshake.verifier,
        expectedState: state,
        expectedNonce: handshake.nonce,
        idTokenExpected: true,
      }).catch((cause) => {
        throw refused(settings, cause);
      });
      const claims = claimsSchema.parse(tokens.claims());
      const told = await completed(configuration, tokens.access_token, claims);
      return toIdentity(settings, claims.sub, told);
    },
  };
}

function settingsOf(providers: readonly ProviderSettings[], id: string): ProviderSettings {
  const settings = providers.find((one) => one.id === id);
  if (settings) return settings;
  throw new TributaryError('NOT_FOUND', 'There is no such provider of sign-ins.', ['provider']);
}

/** Each provider is asked once what it offers; again after a failure. The answer @throws UNAVAILABLE. */
function createDiscovery(): (settings: ProviderSettings) => Promise<Configuration> {
  const discovered = new Map<string, Promise<Configuration>>();
  return (settings) => {
    const known = discovered.get(settings.id) ?? discover(settings);
    discovered.set(settings.id, known);
    return known.catch(() => {
      discovered.delete(settings.id);
      throw away(settings);
    });
  };
}

const toIdentity = (
  { issuer, trustEmail }: ProviderSettings,
  subject: string,
  { email, email_verified, name }: z.infer<typeof claimsSchema>,
): ProvenIdentity => ({
  ...{ issuer, subject, email, name },
  isEmailTrusted: trustEmail && email_verified === true,
});

function discover(settings: ProviderSettings): Promise<Configuration> {
  const { issuer, clientId, clientSecret } = settings;
  const authentication: ClientAuth = clientSecret ? ClientSecretPost(clientSecret) : None();
  const execute = issuer.startsWith('http:') ? [allowInsecureRequests] : [];
  return discovery(new URL(issuer), clientId, undefined, authentication, { execute });
}

/** Providers may keep the address out of the ID token; it is asked for then, of the same person. */
async function completed(
  configuration: Configuration,
  accessToken: string,
  claims: z.infer<typeof claimsSchema>,
): Promise<z.infer<typeof claimsSchema>> {
  if (claims.email !== undefined || !configuration.serverMetadata().userinfo_endpoint)
    return claims;
  const told = await fetchUserInfo(configuration, accessToken, claims.sub).catch(() => undefined);
  return told ? claimsSchema.parse(told) : claims;
}

const away = ({ name }: ProviderSettings) =>
  new TributaryError('UNAVAILABLE', `${name} does not answer. Try again, or sign in another way.`);

/** Why is for the log; whoever signs in can only try again. */
function refused({ name }: ProviderSettings, cause: unknown): TributaryError {
  const error = new TributaryError('UNAUTHENTICATED', `${name} did not sign you in. Try again.`);
  return Object.assign(error, { cause });
}
