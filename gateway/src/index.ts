import { resolve } from 'node:path';
import { createPassportSigner, createRedis, createService } from '@tributary/chassis';
import { createEngine } from './engine.ts';
import { featuresThatAreOff, readEnvironment } from './environment.ts';
import { createSubgraphClients } from './execute/subgraph-clients.ts';
import { createTokenVerifier } from './identity/access-token.ts';
import { createIdentify } from './identity/identify.ts';
import { createAnswerOperation } from './operations/answer-operation.ts';
import { graphqlBodyLimit } from './plugins/use-graphql.ts';
import { usePlugins } from './plugins/use-plugins.ts';
import { createSubscriptions } from './subscribe/create-subscriptions.ts';
import { loadSupergraph } from './supergraph/load-supergraph.ts';
import { createGraphQLMetrics } from './telemetry/graphql-metrics.ts';

const environment = readEnvironment();
const production = environment.NODE_ENV === 'production';
const service = createService({ name: 'gateway', environment, bodyLimit: graphqlBodyLimit });
const { http, logger, shutdown } = service;

const supergraph = await loadSupergraph(resolve(environment.SUPERGRAPH)).catch((error: Error) => {
  logger.fatal(error.message);
  process.exit(78);
});

const { PASSPORT_PRIVATE_KEY, JWKS_URL, TOKEN_ISSUER, TOKEN_AUDIENCE, REDIS_URL } = environment;
const clients = createSubgraphClients({
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
});
const identify = createIdentify({
  verify:
    JWKS_URL && TOKEN_ISSUER
      ? createTokenVerifier({ jwksUrl: JWKS_URL, issuer: TOKEN_ISSUER, audience: TOKEN_AUDIENCE })
      : undefined,
});

const served = createEngine({ supergraph, clients, production });
const engine = () => served;
shutdown.add('engine', () => served.close());

const webSockets = REDIS_URL
  ? createSubscriptions({
      service,
      redis: createRedis({ service, url: REDIS_URL }),
      engine,
      identify,
    })
  : undefined;

await usePlugins(http, {
  environment,
  engine,
  answerOperation: createAnswerOperation(),
  identify,
  metrics: createGraphQLMetrics(service),
  webSockets,
});
const off = featuresThatAreOff(environment);
if (off.length > 0) logger.info({ off }, 'not set up, so switched off');
if (!PASSPORT_PRIVATE_KEY && supergraph.accessRequirements.size > 0) {
  logger.warn('the supergraph asks for scopes, but without passports no subgraph can check them');
}
await service.start();
