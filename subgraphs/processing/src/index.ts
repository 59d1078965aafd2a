import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { createDatabasePool, createRedis, createService, mountSubgraph } from '@tributary/chassis';
import { createEventLog, createPositionStore, readLag } from '@tributary/event-log';
import { eventReceived } from '@tributary/events';
import { PrismaClient } from '@tributary/prisma/processing';
import { createPublisher } from '@tributary/pubsub';
import type { Context } from './context.ts';
import { startRetries } from './dead-letters/start-retries.ts';
import { startErrorWatch } from './dead-letters/watch-errors.ts';
import { readEnvironment } from './environment.ts';
import { createImports } from './imports/create-imports.ts';
import { createBatchAcceptor } from './ingest/accept-batch.ts';
import { createAdmission } from './ingest/admission.ts';
import { startBodyPace } from './ingest/body-pace.ts';
import { createSourceIdentifier } from './ingest/identify-source.ts';
import { mountIngestRoutes } from './ingest/ingest-routes.ts';
import { startLogGauge } from './ingest/log-gauge.ts';
import { createRecentEvents } from './ingest/recent-events.ts';
import { createRiskTeller } from './ingest/tell-log-risks.ts';
import { startTopicSources } from './ingest/topics/start-topic-sources.ts';
import { createLoaders } from './loaders.ts';
import { createMetrics } from './metrics.ts';
import { createPreviewCompiler } from './pipeline/compile-preview.ts';
import { createDefinitionCache } from './pipeline/definitions.ts';
import { createHttpLookups } from './pipeline/http-lookups.ts';
import { createBatchProcessor } from './pipeline/process-batch.ts';
import { createRecordRunner } from './pipeline/run-records.ts';
import { pipelineGroup, startPipeline } from './pipeline/start-pipeline.ts';
import { replayMessage, startReplayRelay } from './pipeline/start-replay-relay.ts';
import { createSampleTaker } from './pipeline/take-samples.ts';
import { createSchemaCompiler } from './pipeline/validate.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { createServices } from './services/services.ts';
import { createStores } from './stores/stores.ts';

const environment = readEnvironment();
const service = createService({ name: 'processing', environment });
const { http, logger } = service;

const pool = createDatabasePool({ service, url: environment.DATABASE_URL });
const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
const log = await createEventLog({
  url: environment.EVENT_LOG_URL,
  onRisks: createRiskTeller({ logger, production: environment.NODE_ENV === 'production' }),
});
service.addReadinessCheck('log', () => log.ping());
service.shutdown.add('log', () => log.close());

const positions = createPositionStore({ pool });
const readPipelineLag = () =>
  readLag({ log, positions, event: eventReceived, group: pipelineGroup });
const metrics = createMetrics({ registry: service.metrics, readLag: readPipelineLag });

const consumer = { topic: eventReceived.topic, group: pipelineGroup };
const stores = createStores({
  prisma,
  pool,
  consumer,
  retryMilliseconds: environment.RETRY_MILLISECONDS,
});
const { sources, failedRecords } = stores;
const compileSchema = createSchemaCompiler();
const lookups = createHttpLookups({ hosts: environment.HTTP_STAGE_HOSTS });
const definitions = createDefinitionCache({
  store: stores.definitions,
  compileSchema,
  http: lookups,
  onError: (error) => logger.warn({ err: error }, 'definitions cannot be read again now'),
});

const relay = startReplayRelay({ pool, log, logger });
service.shutdown.add('replay relay', () => relay.stop());
const takeSamples = createSampleTaker({ samples: stores.samples, logger });
const processBatch = createBatchProcessor({
  log,
  definitions,
  failedRecords,
  runRecords: createRecordRunner({ http: lookups }),
  takeSamples,
  metrics,
});
const pipeline = startPipeline({ log, positions, logger, metrics, processBatch });
service.shutdown.add('pipeline', () => pipeline.stop());

const wakeRelay = () => relay.wake();
const { deadLetters, sourceMinutes } = stores;
const pauseMilliseconds = environment.ERROR_WATCH_MILLISECONDS;
const retries = startRetries({
  deadLetters,
  definitions,
  replayMessage,
  wakeRelay,
  pauseMilliseconds,
  logger,
});
service.shutdown.add('retries', () => retries.stop());
const errorWatch = startErrorWatch({ minutes: sourceMinutes, log, logger, pauseMilliseconds });
service.shutdown.add('error watch', () => errorWatch.stop());

const recent = createRecentEvents();
const gauge = startLogGauge({ log, mostBytes: environment.EVENT_LOG_MOST_BYTES });
service.shutdown.add('log gauge', () => gauge.stop());
const acceptBatch = createBatchAcceptor({
  log,
  gauge,
  definitions,
  failedRecords,
  recent,
  metrics,
});
const topicSources = startTopicSources({
  topics: environment.KAFKA_SOURCES,
  sources,
  acceptBatch,
  metrics,
  logger,
});
service.shutdown.add('Kafka topics', () => topicSources.stop());
const identifySource = createSourceIdentifier(sources);
const pace = startBodyPace({
  patienceMilliseconds: environment.INGEST_PATIENCE_MILLISECONDS,
  leastBytesPerSecond: environment.INGEST_LEAST_BYTES_PER_SECOND,
});
service.shutdown.add('pace of bodies', () => pace.stop());
await mountIngestRoutes({
  http,
  identifySource,
  admission: createAdmission({ mostBytes: environment.INGEST_MEMORY_BYTES }),
  pace,
  acceptBatch,
});

const redis = createRedis({ service, url: environment.REDIS_URL, required: false });
const imports = createImports({
  service,
  environment,
  pool,
  stores,
  definitions,
  metrics,
  publisher: createPublisher({ redis }),
});

const services = createServices({
  stores,
  definitions,
  compileSchema,
  replayMessage,
  wakeRelay,
  acceptBatch,
  logger,
  readLag: readPipelineLag,
  http: lookups,
  // With a budget of their own: previews of what is published suspend nothing.
  runRecords: createRecordRunner({ http: lookups }),
  compilePreview: createPreviewCompiler({ store: stores.definitions, http: lookups }),
  imports: imports.forService,
});
await mountSubgraph<Context>({
  service,
  typeDefs: readFileSync(new URL('../../../schema/processing.graphql', import.meta.url), 'utf8'),
  resolvers,
  passportPublicKey: environment.PASSPORT_PUBLIC_KEY,
  policies: environment.POLICIES_FILE,
  createContext: (facts) => ({
    ...facts,
    ...services,
    loaders: createLoaders(stores, facts.principal),
  }),
});
await imports.mountRoutes({ identifySource, pace });

await service.start();
