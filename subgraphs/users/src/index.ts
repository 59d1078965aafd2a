import { readFileSync } from 'node:fs';
import { PrismaPg } from '@prisma/adapter-pg';
import { createDatabasePool, createRedis, createService, mountSubgraph } from '@tributary/chassis';
import { createRedisEventLog } from '@tributary/event-log';
import { PrismaClient } from '@tributary/prisma/users';
import { createAnnouncementRelay } from './announce/announcement-relay.ts';
import { createContext } from './context.ts';
import { createPasswordHasher } from './credentials/password-hasher.ts';
import { deriveKey } from './credentials/secret.ts';
import { prepareDemo } from './demo/prepare-demo.ts';
import { readEnvironment } from './environment.ts';
import { createMails } from './mail/mails.ts';
import { resolvers } from './resolvers/index.ts';
import { createAccounts } from './services/accounts.ts';
import { createAudit } from './services/audit.ts';
import { createSessions } from './services/sessions.ts';
import { createRevoke } from './sessions/revoke.ts';
import { serveSessions } from './sessions/session-routes.ts';
import { createSessionStore } from './sessions/session-store.ts';
import { createAccountStore } from './stores/account-store.ts';
import { createAuditStore } from './stores/audit-store.ts';
import { createJournal } from './stores/journal.ts';
import { createMembershipStore } from './stores/membership-store.ts';
import { createUserStore } from './stores/user-store.ts';
import { createWorkspaceStore } from './stores/workspace-store.ts';
import { serveKeySet } from './tokens/key-set-route.ts';
import { createSessionOfToken } from './tokens/own-token.ts';
import { createTokenIssuer } from './tokens/token-issuer.ts';
import { describePublicKey, publicKeyOf } from './tokens/token-key.ts';

const environment = readEnvironment();
const service = createService({ name: 'users', environment });

// Clients
const pool = createDatabasePool({ service, url: environment.DATABASE_URL });
const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
const redis = createRedis({ service, url: environment.REDIS_URL });
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
const relay = createAnnouncementRelay({ pool, eventLog, logger: service.logger });
service.shutdown.add('outbox relay', () => relay.stop());
const publicKey = await publicKeyOf(environment.TOKEN_PRIVATE_KEY);
const otherKeys = await Promise.all(
  (environment.TOKEN_OTHER_PUBLIC_KEYS ?? []).map(describePublicKey),
);
const keys = [publicKey, ...otherKeys];
const issuer = environment.PUBLIC_URL;
const journal = createJournal({ pool, announce: relay.wake });
const sessions = createSessions({
  sessions: createSessionStore({ redis }),
  memberships: stores.memberships,
  accounts: accountStore,
  issueToken: createTokenIssuer({
    privateKey: environment.TOKEN_PRIVATE_KEY,
    keyId: publicKey.kid,
    issuer,
  }),
  revoke: createRevoke({ redis }),
  journal,
  mails: createMails({ publicUrl: environment.PUBLIC_URL }),
  rotationKey: deriveKey(environment.IDENTITY_SECRET, 'refresh tokens'),
});
const accounts = createAccounts({
  accounts: accountStore,
  memberships: stores.memberships,
  passwords,
  sessions,
  journal,
  announce: relay.wake,
});

const audit = createAudit({ audit: createAuditStore({ prisma }) });

// Edge
serveKeySet(service, keys);
await serveSessions(service, {
  sessions,
  sessionOfToken: createSessionOfToken({ keys, issuer }),
  secure: issuer.startsWith('https:'),
});
await mountSubgraph({
  service,
  typeDefs: readFileSync(new URL('../../../schema/users.graphql', import.meta.url), 'utf8'),
  resolvers,
  passportPublicKey: environment.PASSPORT_PUBLIC_KEY,
  createContext: (facts) =>
    createContext(facts, { services: { accounts, audit, sessions }, stores }),
});
await service.start();
