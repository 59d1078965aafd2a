import { resolve } from 'node:path';
import { createPassportSigner, createRedis, createService } from '@tributary/chassis';
import { featuresThatAreOff, readEnvironment } from './environment.ts';
import { createApolloGateway } from './execute/apollo-gateway.ts';
import { createDataSources } from './execute/data-sources.ts';
import { createGraphQLMetrics } from './execute/graphql-metrics.ts';
import { createGraphQLServer } from './execute/graphql-server.ts';
import { createTokenVerifier } from './identity/access-token.ts';
import { createIdentify } from './identity/identify.ts';
import { graphqlBodyLimit } from './plugins/use-graphql.ts';
import { usePlugins } from './plugins/use-plugins.ts';
import { createSubscriptions } from './subscribe/create-subscriptions.ts';
import { loadSupergraph } from './supergraph/load-supergraph.ts';

const environment = readEnvironment();
const production = environment.NODE_ENV === 'production';
const service = createService({ name: 'gateway', environment, bodyLimit: graphqlBodyLimit });
const { http, logger, shutdown } = service;

const supergraph = await loadSupergraph(resolve(environment.SUPERGRAPH)).catch((error: Error) => {
  logger.fatal(error.message);
  process.exit(78);
});

const { PASSPORT_PRIVATE_KEY, JWKS_URL, TOKEN_ISSUER, TOKEN_AUDIENCE, REDIS_URL } = environment;
const dataSources = createDataSources({
  supergraph,
  urls: {
    users: environment.USERS_URL,
    processing: environment.PROCESSING_URL,
    analytics: environment.ANALYTICS_URL,
    notifications: environment.NOTIFICATIONS_URL,
  },
  signPassport: PASSPORT_PRIVATE_KEY
    ? await createPassportSigner({ privateKey: PASSPORT_PRIVATE_KEY })
    : undefined,
  discreet: production,
});
const identify = createIdentify({
  verify:
    JWKS_URL && TOKEN_ISSUER
      ? createTokenVerifier({ jwksUrl: JWKS_URL, issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE })
      : undefined,
});

const metrics = createGraphQLMetrics(service);
const server = await createGraphQLServer({
  gateway: createApolloGateway({ supergraph, dataSources, logger }),
  metrics,
  logger,
  introspection: !production,
});
shutdown.add('graphql', () => server.stop());
service.addReadinessCheck('supergraph', async () => server.assertStarted('readiness'));

const webSockets = REDIS_URL
  ? createSubscriptions({
      service,
      redis: createRedis({ service, url: REDIS_URL }),
      supergraph,
      dataSources,
      identify,
      introspection: !production,
    })
  : undefined;

await usePlugins(http, { environment, server, identify, metrics, webSockets });
const off = featuresThatAreOff(environment);
if (off.length > 0) logger.info({ off }, 'not set up, so switched off');
if (!PASSPORT_PRIVATE_KEY && supergraph.accessRequirements.size > 0) {
  logger.warn('the supergraph asks for scopes, but without passports no subgraph can check them');
}
await service.start();
