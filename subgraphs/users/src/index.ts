import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  createDatabasePool,
  createRedis,
  createService,
  mountSubgraph,
  refuseStart,
  startLoop,
} from '@tributary/chassis';
import { createEventLog } from '@tributary/event-log';
import { PrismaClient } from '@tributary/prisma/users';
import { createAnnouncementRelay } from './announce/announcement-relay.ts';
import { createContext } from './context.ts';
import { createPasswordHasher } from './credentials/password-hasher.ts';
import { prepareDemo } from './demo/prepare-demo.ts';
import { readEnvironment } from './environment.ts';
import { serveExternalSignIn } from './external/external-routes.ts';
import { servePartnerOperations } from './operations/operations-route.ts';
import { startRollingUsage } from './operations/roll-usage.ts';
import { loadCountryLookup } from './places/country-lookup.ts';
import { resolvers } from './resolvers/index.ts';
import { createServices } from './services/create-services.ts';
import { serveSessions } from './sessions/session-routes.ts';
import { createAccountStore } from './stores/account-store.ts';
import { createApiClientStore } from './stores/api-client-store.ts';
import { createMembershipStore } from './stores/membership-store.ts';
import { createOperationManifestStore } from './stores/operation-manifest-store.ts';
import { createOperationUsageStore } from './stores/operation-usage-store.ts';
import { createUserStore } from './stores/user-store.ts';
import { createWorkspaceStore } from './stores/workspace-store.ts';
import { serveApiKeys } from './tokens/api-key-route.ts';
import { serveKeySet } from './tokens/key-set-route.ts';
import { createSessionOfToken } from './tokens/own-token.ts';
import { createTokenIssuer } from './tokens/token-issuer.ts';
import { describePublicKey, publicKeyOf } from './tokens/token-key.ts';

const hourMilliseconds = 3_600_000;
const environment = readEnvironment();
const service = createService({ name: 'users', environment });

// Clients
const pool = createDatabasePool({ service, url: environment.DATABASE_URL });
const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
const redis = createRedis({ service, url: environment.REDIS_URL });
const eventLog = await createEventLog({ url: environment.EVENT_LOG_URL ?? environment.REDIS_URL });
service.shutdown.add('event log', () => eventLog.close());

// Stores
const accountStore = createAccountStore({ pool });
const apiClients = createApiClientStore({ pool });
const stores = {
  users: createUserStore({ prisma }),
  workspaces: createWorkspaceStore({ prisma }),
  memberships: createMembershipStore({ prisma, pool }),
  apiClients,
};

// Services
const passwords = await createPasswordHasher();
await prepareDemo(environment, { accounts: accountStore, passwords });
const countryOf = await loadCountryLookup(environment.COUNTRY_LOOKUP, (error) =>
  service.logger.warn({ err: error }, 'a country could not be looked up'),
).catch((error: Error) =>
  refuseStart(
    `COUNTRY_LOOKUP: must be a module with a function as default export: ${error.message}`,
  ),
);
const relay = createAnnouncementRelay({ pool, eventLog, logger: service.logger });
service.shutdown.add('outbox relay', () => relay.stop());
const publicKey = await publicKeyOf(environment.TOKEN_PRIVATE_KEY);
const otherKeys = await Promise.all(
  (environment.TOKEN_OTHER_PUBLIC_KEYS ?? []).map(describePublicKey),
);
const keys = [publicKey, ...otherKeys];
const issuer = environment.PUBLIC_URL;
const rolling = startRollingUsage({
  redis,
  store: createOperationUsageStore({ pool }),
  logger: service.logger,
});
service.shutdown.add('usage', () => rolling.stop());
const services = createServices({
  environment,
  pool,
  prisma,
  redis,
  accounts: accountStore,
  memberships: stores.memberships,
  apiClients,
  hasher: passwords,
  countryOf,
  issueToken: createTokenIssuer({
    privateKey: environment.TOKEN_PRIVATE_KEY,
    keyId: publicKey.kid,
    issuer,
  }),
  announce: relay.wake,
  logger: service.logger,
});

const deletions = startLoop({
  run: services.carryOutDeletions,
  pauseMilliseconds: hourMilliseconds,
  onError: (error) => service.logger.error({ err: error }, 'deletions are late'),
});
service.shutdown.add('deletions', () => deletions.stop());

// Edge
serveKeySet(service, keys);
await serveSessions(service, {
  sessions: services.sessions,
  sessionOfToken: createSessionOfToken({ keys, issuer }),
  secure: issuer.startsWith('https:'),
});
serveExternalSignIn(service, {
  externalSignIns: services.externalSignIns,
  sessions: services.sessions,
  publicUrl: issuer,
});
await serveApiKeys(service, {
  store: apiClients,
  passportPublicKey: environment.PASSPORT_PUBLIC_KEY,
});
await servePartnerOperations(service, {
  store: createOperationManifestStore({ pool }),
  passportPublicKey: environment.PASSPORT_PUBLIC_KEY,
});
await mountSubgraph({
  service,
  typeDefs: readFileSync(new URL('../../../schema/users.graphql', import.meta.url), 'utf8'),
  resolvers,
  passportPublicKey: environment.PASSPORT_PUBLIC_KEY,
  policies: environment.POLICIES_FILE,
  createContext: (facts) => createContext(facts, { services, stores }),
});
await service.start();
