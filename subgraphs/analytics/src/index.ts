import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  createDatabasePool,
  createPassportVerifier,
  createRedis,
  createService,
  mountSubgraph,
} from '@tributary/chassis';
import { createEventLog, createPositionStore } from '@tributary/event-log';
import { PrismaClient } from '@tributary/prisma/analytics';
import { createPublisher } from '@tributary/pubsub';
import { createMetricBuilder } from './builds/build-metric.ts';
import { startBuilds } from './builds/start-builds.ts';
import type { Context } from './context.ts';
import { readEnvironment } from './environment.ts';
import { createExportRoom } from './exports/export-room.ts';
import { mountExportRoutes } from './exports/export-routes.ts';
import { createStartExport } from './exports/start-export.ts';
import { createLoaders } from './loaders.ts';
import { createServiceMetrics } from './metrics.ts';
import { startRemovals } from './removals/start-removals.ts';
import { resolvers } from './resolvers/resolvers.ts';
import { startRollups } from './rollups/start-rollups.ts';
import { startSweep } from './rollups/start-sweep.ts';
import { createBatchStore } from './rollups/store-batch.ts';
import { createServices } from './services/services.ts';
import { createEventPartitions } from './stores/event-partitions.ts';
import { createStores } from './stores/stores.ts';
import { createUpdateDelivery } from './updates/deliver-updates.ts';
import { startUpdates } from './updates/start-updates.ts';

const environment = readEnvironment();
const service = createService({ name: 'analytics', environment });
const { logger } = service;
const metrics = createServiceMetrics({ registry: service.metrics });

const pool = createDatabasePool({
  service,
  url: environment.DATABASE_URL,
  // Figures are a few ten thousand rows at most: workers would take longer to start than they save. With
  // PostgreSQL's 4 MB it would sort these rows by their texts, for fear that what is aggregated does not fit.
  settings: '-c max_parallel_workers_per_gather=0 -c work_mem=32MB',
});
const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
const redis = createRedis({ service, url: environment.REDIS_URL });
const log = await createEventLog({ url: environment.EVENT_LOG_URL });
service.shutdown.add('log', () => log.close());
const stores = createStores({ prisma, pool, redis });

const publisher = createPublisher({ redis });
const deliver = createUpdateDelivery({ stores, log, publisher, logger, metrics });
const updates = startUpdates({ pool, logger, metrics, deliver });
service.shutdown.add('updates', () => updates.stop());

const storeBatch = createBatchStore({
  pool,
  partitions: createEventPartitions({ pool }),
  metrics,
  onStored: () => updates.wake(),
  onPoison: ({ sourceId, eventId }, error) =>
    logger.error({ err: error, sourceId, eventId }, 'passed over an event that cannot be stored'),
});
const rollups = startRollups({
  log,
  positions: createPositionStore({ pool }),
  logger,
  metrics,
  storeBatch,
});
service.shutdown.add('rollups', () => rollups.stop());

const sweep = startSweep({ pool, logger });
service.shutdown.add('sweep', () => sweep.stop());

const buildMetric = createMetricBuilder({ pool });
const builds = startBuilds({ metrics: stores.metrics, buildMetric, logger });
service.shutdown.add('builds', () => builds.stop());

const removals = startRemovals({ removedMetrics: stores.removedMetrics, logger });
service.shutdown.add('removals', () => removals.stop());

const exportRoom = createExportRoom({
  mostAtATime: environment.EXPORTS_AT_A_TIME,
  mostOfAWorkspace: environment.EXPORTS_OF_A_WORKSPACE,
});
const services = createServices({ ...stores, buildMetric, exportRoom });
await mountSubgraph<Context>({
  service,
  typeDefs: readFileSync(new URL('../../../schema/analytics.graphql', import.meta.url), 'utf8'),
  resolvers,
  passportPublicKey: environment.PASSPORT_PUBLIC_KEY,
  policies: environment.POLICIES_FILE,
  createContext: (facts) => ({
    ...facts,
    ...services,
    loaders: createLoaders(stores, facts.principal),
  }),
});

// After the graph's own routes, whose policies hold for these too.
await mountExportRoutes({
  http: service.http,
  verifyPassport: await createPassportVerifier({ publicKey: environment.PASSPORT_PUBLIC_KEY }),
  tickets: stores.exportTickets,
  startExport: createStartExport({
    exports: stores.exports,
    room: exportRoom,
    metrics,
    patienceMilliseconds: environment.EXPORT_PATIENCE_MILLISECONDS,
  }),
});

await service.start();
