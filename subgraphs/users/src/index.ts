import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { createDatabasePool, createService, mountSubgraph } from '@tributary/chassis';
import { createRedisEventLog } from '@tributary/event-log';
import { PrismaClient } from '@tributary/prisma/users';
import { createMemberRelay } from './announce/member-relay.ts';
import { createContext } from './context.ts';
import { createPasswordHasher } from './credentials/password-hasher.ts';
import { prepareDemo } from './demo/prepare-demo.ts';
import { readEnvironment } from './environment.ts';
import { resolvers } from './resolvers/index.ts';
import { createAccounts } from './services/accounts.ts';
import { createAccountStore } from './stores/account-store.ts';
import { createMembershipStore } from './stores/membership-store.ts';
import { createUserStore } from './stores/user-store.ts';
import { createWorkspaceStore } from './stores/workspace-store.ts';
import { serveKeySet } from './tokens/key-set-route.ts';
import { createTokenIssuer } from './tokens/token-issuer.ts';
import { publicKeyOf } from './tokens/token-key.ts';

const environment = readEnvironment();
const service = createService({ name: 'users', environment });

// Clients
const pool = createDatabasePool({ service, url: environment.DATABASE_URL });
const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
const eventLog = createRedisEventLog({ url: environment.EVENT_LOG_URL ?? environment.REDIS_URL });
service.shutdown.add('event log', () => eventLog.close());

// Stores
const accountStore = createAccountStore({ pool });
const stores = {
  users: createUserStore({ prisma }),
  workspaces: createWorkspaceStore({ prisma }),
  memberships: createMembershipStore({ prisma }),
};

// Services
const passwords = await createPasswordHasher();
await prepareDemo(environment, { accounts: accountStore, passwords });
const relay = createMemberRelay({ pool, eventLog, logger: service.logger });
service.shutdown.add('outbox relay', () => relay.stop());
const publicKey = await publicKeyOf(environment.TOKEN_PRIVATE_KEY);
const accounts = createAccounts({
  accounts: accountStore,
  memberships: stores.memberships,
  passwords,
  issueToken: createTokenIssuer({
    privateKey: environment.TOKEN_PRIVATE_KEY,
    keyId: publicKey.kid,
    issuer: environment.PUBLIC_URL,
  }),
  announce: relay.wake,
});

// Edge
serveKeySet(service, [publicKey]);
await mountSubgraph({
  service,
  typeDefs: readFileSync(new URL('../../../schema/users.graphql', import.meta.url), 'utf8'),
  resolvers,
  passportPublicKey: environment.PASSPORT_PUBLIC_KEY,
  createContext: (facts) => createContext(facts, { accounts, stores }),
});
await service.start();
