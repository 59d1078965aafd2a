/** Joins stores and services; only `index.ts` opens what they work with. */
import type { Logger } from '@tributary/chassis';
import type { PrismaClient } from '@tributary/prisma/users';
import type { Redis } from 'ioredis';
import type { Pool } from 'pg';
import { createChallenges } from '../attempts/challenges.ts';
import { createSignInAttempts } from '../attempts/sign-in-attempts.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { deriveKey } from '../credentials/secret.ts';
import type { Environment } from '../environment.ts';
import { createMails } from '../mail/mails.ts';
import { createCheckOperations } from '../operations/operation-rules.ts';
import { createTellGateways } from '../operations/tell-gateways.ts';
import { createRevoke } from '../sessions/revoke.ts';
import { createSessionStore } from '../sessions/session-store.ts';
import type { AccountStore } from '../stores/account-store.ts';
import type { ApiClientStore } from '../stores/api-client-store.ts';
import { createAuditStore } from '../stores/audit-store.ts';
import { createDeviceStore } from '../stores/device-store.ts';
import { createInvitationStore } from '../stores/invitation-store.ts';
import { createJournal } from '../stores/journal.ts';
import { findWorkspaceName } from '../stores/member-changes.ts';
import type { MembershipStore } from '../stores/membership-store.ts';
import { createMfaStore } from '../stores/mfa-store.ts';
import { createOperationManifestStore } from '../stores/operation-manifest-store.ts';
import { createOperationUsageStore } from '../stores/operation-usage-store.ts';
import type { TokenIssuer } from '../tokens/token-issuer.ts';
import { createAccounts } from './accounts.ts';
import { createApiClients } from './api-clients.ts';
import { createAudit } from './audit.ts';
import { createCheckPassword } from './check-password.ts';
import { createMembers } from './members.ts';
import { createMfa } from './mfa.ts';
import { createOperationViews } from './operation-views.ts';
import { createOperations } from './operations.ts';
import { createPasswords } from './passwords.ts';
import { createProfile } from './profile.ts';
import type { Services } from './services.ts';
import { createSessions } from './sessions.ts';
import { createSignIns } from './sign-in.ts';
import { createWorkspaces } from './workspaces.ts';

export interface ServicesDependencies {
  environment: Pick<
    Environment,
    'CONFIG' | 'IDENTITY_SECRET' | 'NODE_ENV' | 'PUBLIC_URL' | 'SIGN_UP_VERIFICATION' | 'SUPERGRAPH'
  >;
  pool: Pool;
  prisma: PrismaClient;
  redis: Redis;
  accounts: AccountStore;
  memberships: MembershipStore;
  apiClients: ApiClientStore;
  hasher: PasswordHasher;
  issueToken: TokenIssuer;
  /** Called when something committed waits in the outbox. */
  announce: () => void;
  logger: Pick<Logger, 'error' | 'warn'>;
}

export function createServices(dependencies: ServicesDependencies): Services {
  const { environment, pool, prisma, redis, accounts, memberships, hasher, announce, logger } =
    dependencies;
  const { IDENTITY_SECRET, NODE_ENV, PUBLIC_URL, SIGN_UP_VERIFICATION } = environment;
  const byDefault = NODE_ENV === 'production' ? 'required' : 'later';
  const verificationRequired = (SIGN_UP_VERIFICATION ?? byDefault) === 'required';

  const journal = createJournal({ pool, announce });
  const mails = createMails({ publicUrl: PUBLIC_URL });
  const attempts = createSignInAttempts({ redis });
  const checkPassword = createCheckPassword({ passwords: hasher, attempts, journal });
  const shared = { pool, accounts, memberships, passwords: hasher, attempts, journal, mails };
  const revoke = createRevoke({ redis });
  const sessions = createSessions({
    ...shared,
    sessions: createSessionStore({ redis }),
    issueToken: dependencies.issueToken,
    revoke,
    rotationKey: deriveKey(IDENTITY_SECRET, 'refresh tokens'),
  });
  const mfa = createMfa({
    ...shared,
    store: createMfaStore({ pool }),
    checkPassword,
    sessions,
    sealingKey: deriveKey(IDENTITY_SECRET, 'second factors'),
  });
  const signIns = createSignIns({
    ...shared,
    devices: createDeviceStore({ pool }),
    challenges: createChallenges({ redis }),
    sessions,
    mfa,
    verificationRequired,
  });
  const operations = {
    store: createOperationManifestStore({ pool }),
    check: createCheckOperations({
      supergraph: environment.SUPERGRAPH,
      settings: environment.CONFIG,
      introspection: NODE_ENV !== 'production',
    }),
  };
  const onError = (error: unknown) => logger.error({ err: error }, 'could not ask for a mail');
  return {
    accounts: createAccounts({ ...shared, signIns, verificationRequired, announce }),
    apiClients: createApiClients({ store: dependencies.apiClients, journal, revoke }),
    audit: createAudit({ audit: createAuditStore({ prisma }) }),
    members: createMembers({ accounts, journal, revoke }),
    mfa,
    operations: createOperations({
      ...operations,
      journal,
      tellGateways: createTellGateways({ redis, logger }),
    }),
    operationViews: createOperationViews({
      ...operations,
      usage: createOperationUsageStore({ pool }),
    }),
    passwords: createPasswords({ ...shared, checkPassword, sessions, onError }),
    profile: createProfile({ ...shared, checkPassword, sessions }),
    sessions,
    signIns,
    workspaces: createWorkspaces({
      ...{ accounts, journal, mails },
      invitations: createInvitationStore({ pool }),
      nameOf: (workspace) => findWorkspaceName(pool, workspace),
    }),
  };
}
