import { createPassportSigner, createRedis, createService } from '@tributary/chassis';
import { createLimitGuard } from '@tributary/operations';
import { readConfiguration } from './configuration.ts';
import { featuresThatAreOff, readEnvironment } from './environment.ts';
import {
  createSubgraphClients,
  type SubgraphAddress,
} from './execute/subgraph-client/subgraph-clients.ts';
import { createSubgraphMetrics } from './execute/subgraph-client/subgraph-metrics.ts';
import { settingsOfSubgraph } from './execute/subgraph-client/subgraph-settings.ts';
import { createTokenVerifier } from './identity/access-token.ts';
import { createKeyVerifier } from './identity/api-key.ts';
import { createIdentify } from './identity/identify.ts';
import { createRevocations } from './identity/revocations.ts';
import { createAnswerOperation } from './operations/answer-operation.ts';
import { createOperationUsage } from './operations/partners/operation-usage.ts';
import { createPartnerRegistry } from './operations/partners/partner-registry.ts';
import { createTextResolution } from './operations/persisted/text-resolution.ts';
import { graphqlBodyLimit } from './plugins/use-graphql.ts';
import { usePlugins } from './plugins/use-plugins.ts';
import { createRateLimits } from './rate-limits/rate-limits.ts';
import { serveSupergraph } from './serve-supergraph.ts';
import { createSubscriptions } from './subscribe/create-subscriptions.ts';
import { loadSupergraph } from './supergraph/load-supergraph.ts';
import { watchSupergraph } from './supergraph/watch-supergraph.ts';
import { createTelemetry } from './telemetry/create-telemetry.ts';
import { createGatewayMetrics } from './telemetry/gateway-metrics.ts';

const environment = readEnvironment();
const configuration = await readConfiguration(environment.CONFIG);
const production = environment.NODE_ENV === 'production';
const service = createService({ name: 'gateway', environment, bodyLimit: graphqlBodyLimit });
const { http, logger, shutdown } = service;
const { PASSPORT_PRIVATE_KEY, JWKS_URL, TOKEN_ISSUER, TOKEN_AUDIENCE, REDIS_URL } = environment;

const supergraph = await loadSupergraph(environment.SUPERGRAPH).catch((error: Error) => {
  logger.fatal(error.message);
  process.exit(78);
});

const metrics = createGatewayMetrics(service.metrics);
const telemetry = await createTelemetry({
  ...configuration.telemetry,
  endpoint: environment.OTEL_EXPORTER_OTLP_ENDPOINT,
  headers: environment.OTEL_EXPORTER_OTLP_HEADERS,
  logger,
});
shutdown.add('telemetry', () => telemetry.close());
const redis = REDIS_URL ? createRedis({ service, url: REDIS_URL, required: false }) : undefined;

const baseUrls: Readonly<Record<string, string | undefined>> = {
  users: environment.USERS_URL,
  processing: environment.PROCESSING_URL,
  analytics: environment.ANALYTICS_URL,
  notifications: environment.NOTIFICATIONS_URL,
};
const signPassport = PASSPORT_PRIVATE_KEY
  ? await createPassportSigner({ privateKey: PASSPORT_PRIVATE_KEY })
  : undefined;
const clients = createSubgraphClients({
  settingsOf: (name) => settingsOfSubgraph(configuration.subgraphs, name),
  metricsOf: createSubgraphMetrics(service.metrics),
  signPassport,
  discreet: production,
  telemetry,
  logger,
});
shutdown.add('subgraph connections', () => clients.close());

const addressOf = ({ name, url }: SubgraphAddress): SubgraphAddress => {
  const base = baseUrls[name];
  return { name, url: base ? `${base}/graphql` : url };
};
const { USERS_URL } = environment;
/** What users says of revocations and partners: who listens attaches before the connection is there. */
const heard = REDIS_URL ? createRedis({ service, url: REDIS_URL, required: false }) : undefined;
const revocations =
  redis && heard ? createRevocations({ subscriber: heard, redis, logger }) : undefined;
const partners =
  signPassport && USERS_URL
    ? createPartnerRegistry({ usersUrl: USERS_URL, signPassport, subscriber: heard, logger })
    : undefined;
const usage = redis && partners ? createOperationUsage({ redis, logger }) : undefined;
if (usage) shutdown.add('usage', () => usage.close());

const served = await serveSupergraph(supergraph, {
  configuration,
  clientOf: (subgraph) => clients.clientOf(addressOf(subgraph)),
  onRetired: (engine) =>
    clients.keepOnly(engine.supergraph.federated.subgraphsMetadata().map(addressOf)),
  limits: createLimitGuard({
    limits: configuration.limits,
    onViolation: ({ dimension }) => metrics.limited(dimension),
  }),
  policies: environment.POLICIES_FILE,
  resolution: createTextResolution({ settings: configuration.persistedOperations, redis, logger }),
  partners,
  production,
  metrics,
  logger,
}).catch((error: Error) => {
  logger.fatal(error.message);
  process.exit(78);
});
shutdown.add('engine', () => served.close());

const watching = new AbortController();
shutdown.add('supergraph watch', async () => watching.abort());
if (environment.SUPERGRAPH_POLL_SECONDS > 0) {
  void watchSupergraph({
    location: environment.SUPERGRAPH,
    current: supergraph.source,
    everyMilliseconds: environment.SUPERGRAPH_POLL_SECONDS * 1000,
    onChange: served.replace,
    logger,
    signal: watching.signal,
  });
}

const trust = { audience: TOKEN_AUDIENCE, revocations };
const identify = createIdentify({
  verify:
    JWKS_URL && TOKEN_ISSUER
      ? createTokenVerifier({ jwksUrl: JWKS_URL, issuer: TOKEN_ISSUER, ...trust })
      : undefined,
  verifyKey:
    signPassport && USERS_URL
      ? createKeyVerifier({ usersUrl: USERS_URL, signPassport, revocations })
      : undefined,
});

const { rateLimits: rates } = configuration;
const rateLimits =
  (rates.enabled ?? JWKS_URL !== undefined)
    ? createRateLimits({
        settings: rates,
        redis,
        onLimited: (budget) => metrics.limited(`rate:${budget}`),
      })
    : undefined;

const subscriptions =
  REDIS_URL && revocations
    ? createSubscriptions({
        service,
        redisUrl: REDIS_URL,
        engine: served.engine,
        identify,
        revocations,
        rateLimits,
        usage,
        trustedProxies: rates.trustedProxies,
        idleMilliseconds: environment.SUBSCRIBER_IDLE_SECONDS * 1_000,
        limits: {
          perAddress: environment.SUBSCRIBERS_PER_ADDRESS,
          perPrincipal: environment.SUBSCRIBERS_PER_PRINCIPAL,
        },
        subscriptionLimits: {
          perAddress: environment.SUBSCRIPTIONS_PER_ADDRESS,
          perPrincipal: environment.SUBSCRIPTIONS_PER_PRINCIPAL,
        },
      })
    : undefined;
if (subscriptions) {
  served.onReplaced(subscriptions.moveOn);
  partners?.onChanged(subscriptions.clients.operationsChanged);
}

await usePlugins(http, {
  environment,
  engine: served.engine,
  answerOperation: createAnswerOperation({
    rateLimits,
    onShare: (shared) => metrics.cache('answer', shared ? 'hit' : 'miss'),
    telemetry,
    usage,
  }),
  identify,
  rateLimits,
  trustedProxies: rates.trustedProxies,
  metrics,
  telemetry,
  subscriptions,
  signPassport,
  partners,
});
const off = featuresThatAreOff(environment);
if (off.length > 0) logger.info({ off }, 'not set up, so switched off');
if (!PASSPORT_PRIVATE_KEY && supergraph.accessRequirements.size > 0) {
  logger.warn(
    'the supergraph asks for rights, which only this gateway checks: without passports no subgraph can',
  );
}
await service.start();
