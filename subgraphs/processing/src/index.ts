import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { createDatabasePool, createService, mountSubgraph } from '@tributary/chassis';
import { createEventLog, createPositionStore, readLag } from '@tributary/event-log';
import { eventReceived } from '@tributary/events';
import { PrismaClient } from '@tributary/prisma/processing';
import type { Context } from './context.ts';
import { readEnvironment } from './environment.ts';
import { createBatchAcceptor } from './ingest/accept-batch.ts';
import { createAdmission } from './ingest/admission.ts';
import { createSourceIdentifier } from './ingest/identify-source.ts';
import { mountIngestRoutes } from './ingest/ingest-routes.ts';
import { startLogGauge } from './ingest/log-gauge.ts';
import { createRecentEvents } from './ingest/recent-events.ts';
import { createLoaders } from './loaders.ts';
import { createMetrics } from './metrics.ts';
import { createDefinitionCache } from './pipeline/definitions.ts';
import { createBatchProcessor } from './pipeline/process-batch.ts';
import { pipelineGroup, startPipeline } from './pipeline/start-pipeline.ts';
import { replayMessage, startReplayRelay } from './pipeline/start-replay-relay.ts';
import { createSchemaCompiler } from './pipeline/validate.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { createServices } from './services/services.ts';
import { createStores } from './stores/stores.ts';

const environment = readEnvironment();
const service = createService({ name: 'processing', environment });
const { http, logger } = service;

const pool = createDatabasePool({ service, url: environment.DATABASE_URL });
const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
const log = createEventLog({ url: environment.EVENT_LOG_URL });
service.addReadinessCheck('log', () => log.ping());
service.shutdown.add('log', () => log.close());

const positions = createPositionStore({ pool });
const readPipelineLag = () =>
  readLag({ log, positions, event: eventReceived, group: pipelineGroup });
const metrics = createMetrics({ registry: service.metrics, readLag: readPipelineLag });

const consumer = { topic: eventReceived.topic, group: pipelineGroup };
const stores = createStores({ prisma, pool, consumer });
const { sources, failedRecords } = stores;
const compileSchema = createSchemaCompiler();
const definitions = createDefinitionCache({
  store: stores.definitions,
  compileSchema,
  onError: (error) => logger.warn({ err: error }, 'definitions cannot be read again now'),
});

const relay = startReplayRelay({ pool, log, logger });
service.shutdown.add('replay relay', () => relay.stop());
const processBatch = createBatchProcessor({ log, definitions, failedRecords, metrics });
const pipeline = startPipeline({ log, positions, logger, metrics, processBatch });
service.shutdown.add('pipeline', () => pipeline.stop());

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
await mountIngestRoutes({
  http,
  identifySource: createSourceIdentifier(sources),
  admission: createAdmission({ mostBytes: environment.INGEST_MEMORY_BYTES }),
  acceptBatch,
});

const wakeRelay = () => relay.wake();
const services = createServices({
  stores,
  definitions,
  compileSchema,
  replayMessage,
  wakeRelay,
  acceptBatch,
  logger,
  readLag: readPipelineLag,
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

await service.start();
