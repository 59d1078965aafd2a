import type { PassportSigner } from '@tributary/chassis';
import type { FastifyInstance } from 'fastify';
import type { Environment } from '../environment.ts';
import { createPassportOfRest } from '../identity/passport-of-rest.ts';
import type { PartnerRegistry } from '../operations/partners/partner-registry.ts';
import type { Subscriptions } from '../subscribe/create-subscriptions.ts';
import { useAbout } from './use-about.ts';
import { useCors } from './use-cors.ts';
import { type GraphQLPluginOptions, useGraphQL } from './use-graphql.ts';
import { useProxy } from './use-proxy.ts';
import { useSecurityHeaders } from './use-security-headers.ts';
import { useSubscriptionStreams } from './use-subscription-streams.ts';
import { useSubscriptions } from './use-subscriptions.ts';
import { isWebApplication, useWebApplication } from './use-web-application.ts';

export interface PluginOptions extends GraphQLPluginOptions {
  environment: Pick<
    Environment,
    'ALLOWED_ORIGINS' | 'INGEST_URL' | 'EXPORT_URL' | 'USERS_URL' | 'WEB_DIRECTORY'
  >;
  /** Undefined without Redis. */
  subscriptions: Subscriptions | undefined;
  /** Undefined where no subgraph believes us. */
  signPassport: PassportSigner | undefined;
  /** Undefined where there are no API keys. */
  partners: PartnerRegistry | undefined;
}

/** Everything a request can meet, in the order it meets it. */
export async function usePlugins(http: FastifyInstance, options: PluginOptions): Promise<void> {
  const { ALLOWED_ORIGINS, INGEST_URL, EXPORT_URL, USERS_URL, WEB_DIRECTORY } = options.environment;
  // 1. Its id, kept or given by the chassis, is in every log line and answer from here on.
  // 2. Headers that hold for every answer, errors too.
  await useSecurityHeaders(http);
  // 3. Preflights are answered before anything asks for a token.
  if (ALLOWED_ORIGINS.length > 0) await useCors(http, { origins: ALLOWED_ORIGINS });
  // 4. Producers' records, which carry write keys instead of tokens, and files that people import and export.
  const { trustedProxies } = options;
  const { identify, signPassport, partners } = options;
  const passportOf =
    signPassport && createPassportOfRest({ identify, signPassport, partners, trustedProxies });
  if (INGEST_URL) {
    await useProxy(http, { upstream: INGEST_URL, prefix: '/v1', trustedProxies, passportOf });
  }
  if (EXPORT_URL) {
    await useProxy(http, {
      upstream: EXPORT_URL,
      prefix: '/v1/exports',
      trustedProxies,
      passportOf,
    });
  }
  // 5. What sets and reads the cookie of a session.
  if (USERS_URL) await useProxy(http, { upstream: USERS_URL, prefix: '/auth', trustedProxies });
  // 6. Subscriptions over HTTP are taken out of what follows: queries and mutations, then sockets.
  const { subscriptions } = options;
  if (subscriptions) useSubscriptionStreams(http, { identify, trustedProxies, ...subscriptions });
  await useGraphQL(http, options);
  if (subscriptions) useSubscriptions(http, subscriptions);
  // 7. Last, since it takes every path that is left.
  if (WEB_DIRECTORY && isWebApplication(WEB_DIRECTORY)) {
    await useWebApplication(http, { directory: WEB_DIRECTORY });
  } else {
    if (WEB_DIRECTORY) http.log.warn({ WEB_DIRECTORY }, 'no index.html: the web is not built yet');
    useAbout(http);
  }
}
