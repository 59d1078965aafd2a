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
import { createFlows } from '../external/flows.ts';
import { createLinkTickets } from '../external/link-tickets.ts';
import { createProviders } from '../external/providers.ts';
import { createMails } from '../mail/mails.ts';
import { createCheckOperations } from '../operations/operation-rules.ts';
import { createTellGateways } from '../operations/tell-gateways.ts';
import type { CountryOf } from '../places/country-lookup.ts';
import { createRevoke } from '../sessions/revoke.ts';
import { createSessionStore } from '../sessions/session-store.ts';
import type { AccountStore } from '../stores/account-store.ts';
import type { ApiClientStore } from '../stores/api-client-store.ts';
import { createAuditStore } from '../stores/audit-store.ts';
import { createCountryStore } from '../stores/country-store.ts';
import { createCustomRoleStore } from '../stores/custom-role-store.ts';
import { createDeviceStore, type DeviceStore } from '../stores/device-store.ts';
import { createExternalIdentityStore } from '../stores/external-identity-store.ts';
import { createInvitationStore } from '../stores/invitation-store.ts';
import { createJournal, type Journal } from '../stores/journal.ts';
import { findWorkspaceName } from '../stores/member-changes.ts';
import type { MembershipStore } from '../stores/membership-store.ts';
import { createMfaStore } from '../stores/mfa-store.ts';
import { createOperationManifestStore } from '../stores/operation-manifest-store.ts';
import { createOperationUsageStore } from '../stores/operation-usage-store.ts';
import type { TokenIssuer } from '../tokens/token-issuer.ts';
import { createAccounts } from './accounts.ts';
import { createApiClients } from './api-clients.ts';
import { createAudit } from './audit.ts';
import { createCarryOutDeletions } from './carry-out-deletions.ts';
import { createCheckPassword } from './check-password.ts';
import { createCustomRoles } from './custom-roles.ts';
import { createDeletion } from './deletion.ts';
import { createEmailChange } from './email-change.ts';
import { createEntrance, type Entrance } from './entrance.ts';
import { createFindExternalAccount } from './external-account.ts';
import { createExternalSignIns } from './external-sign-in.ts';
import { createFreshAccount } from './fresh-account.ts';
import { createInvitations } from './invitations.ts';
import { createLinkIdentity } from './link-identity.ts';
import { createLinkedIdentities } from './linked-identities.ts';
import { createLockout } from './lockout.ts';
import { createMailVerification } from './mail-verification.ts';
import { createMembers } from './members.ts';
import { createMfa } from './mfa.ts';
import { createMfaEnrolment } from './mfa-enrolment.ts';
import { createNoticePlace } from './notice-place.ts';
import { createOperationViews } from './operation-views.ts';
import { createOperations } from './operations.ts';
import { createOwnAccount } from './own-account.ts';
import { createOwnSession } from './own-session.ts';
import { createPasswords } from './passwords.ts';
import { createProfile } from './profile.ts';
import { createShowSecondFactor, createStepOf } from './second-factor.ts';
import type { Services } from './services.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSignIns } from './sign-in.ts';
import { createWorkspaces } from './workspaces.ts';

/** What runs by itself. */
interface Jobs {
  /** One round; true when there may be more to do at once. */
  carryOutDeletions: () => Promise<boolean>;
}

export interface ServicesDependencies {
  environment: Pick<
    Environment,
    | 'CONFIG'
    | 'IDENTITY_SECRET'
    | 'NODE_ENV'
    | 'OIDC_PROVIDERS'
    | 'PUBLIC_URL'
    | 'SIGN_UP_VERIFICATION'
    | 'SUPERGRAPH'
  >;
  pool: Pool;
  prisma: PrismaClient;
  redis: Redis;
  accounts: AccountStore;
  memberships: MembershipStore;
  apiClients: ApiClientStore;
  hasher: PasswordHasher;
  countryOf: CountryOf;
  issueToken: TokenIssuer;
  /** Called when something committed waits in the outbox. */
  announce: () => void;
  logger: Pick<Logger, 'error' | 'warn'>;
}

export function createServices(dependencies: ServicesDependencies): Services & Jobs {
  const { environment, pool, prisma, redis, accounts, announce, logger } = dependencies;
  const { IDENTITY_SECRET } = environment;
  const verificationRequired = requiresVerification(environment);

  const tools = createTools(dependencies);
  const { journal, revoke } = tools;
  const sessions = createSessions({
    ...tools,
    sessions: createSessionStore({ redis }),
    issueToken: dependencies.issueToken,
    rotationKey: deriveKey(IDENTITY_SECRET, 'refresh tokens'),
  });
  const sealingKey = deriveKey(IDENTITY_SECRET, 'second factors');
  const store = createMfaStore({ pool });
  const stepOf = createStepOf({ store, sealingKey });
  const showSecondFactor = createShowSecondFactor({ ...tools, stepOf });
  const devices = createDeviceStore({ pool });
  const noticePlace = createNoticePlace({
    ...{ ...tools, devices },
    countries: createCountryStore({ pool }),
    countryOf: dependencies.countryOf,
  });
  const entering = { ...tools, sessions, showSecondFactor, devices, noticePlace };
  const entrance = createEntrance({ ...entering, challenges: createChallenges({ redis }) });
  const lockout = createLockout(tools);
  const external = createExternal(dependencies, { ...entering, entrance });
  const opening = { ...entering, entrance, lockout, verificationRequired, announce };
  const onError = (error: unknown) => logger.error({ err: error }, 'could not ask for a mail');
  return {
    accounts: createAccounts(opening),
    apiClients: createApiClients({ store: dependencies.apiClients, journal, revoke }),
    audit: createAudit({ audit: createAuditStore({ prisma }) }),
    carryOutDeletions: createCarryOutDeletions({ pool, journal, sessions }),
    customRoles: createCustomRoles({ store: createCustomRoleStore({ pool }), journal, revoke }),
    deletion: createDeletion({ ...tools, sessions }),
    emailChange: createEmailChange(tools),
    entrance,
    ...external,
    ...createPartners(dependencies, journal),
    invitations: createInvitations({
      ...tools,
      invitations: createInvitationStore({ pool }),
      nameOf: (workspace) => findWorkspaceName(pool, workspace),
    }),
    lockout,
    members: createMembers({ accounts, journal, revoke }),
    mfa: createMfa({ ...tools, store, sessions }),
    mfaEnrolment: createMfaEnrolment({ ...tools, store, stepOf, sessions, sealingKey }),
    ownSession: createOwnSession(entering),
    passwords: createPasswords({ ...tools, sessions, onError }),
    profile: createProfile(tools),
    sessions,
    signIns: createSignIns(opening),
    workspaces: createWorkspaces(tools),
  };
}

function requiresVerification({
  NODE_ENV,
  SIGN_UP_VERIFICATION,
}: ServicesDependencies['environment']): boolean {
  const byDefault = NODE_ENV === 'production' ? 'required' : 'later';
  return (SIGN_UP_VERIFICATION ?? byDefault) === 'required';
}

/** What partners' programs may run. */
function createPartners(
  { environment, pool, redis, logger }: ServicesDependencies,
  journal: Journal,
): Pick<Services, 'operations' | 'operationViews'> {
  const operations = {
    store: createOperationManifestStore({ pool }),
    check: createCheckOperations({
      supergraph: environment.SUPERGRAPH,
      settings: environment.CONFIG,
      introspection: environment.NODE_ENV !== 'production',
    }),
  };
  return {
    operations: createOperations({
      ...operations,
      journal,
      tellGateways: createTellGateways({ redis, logger }),
    }),
    operationViews: createOperationViews({
      ...operations,
      usage: createOperationUsageStore({ pool }),
    }),
  };
}

/** Signing in at providers. */
function createExternal(
  { environment, pool, redis, logger, announce }: ServicesDependencies,
  tools: Tools & { devices: DeviceStore; entrance: Entrance; sessions: Sessions },
): Pick<Services, 'externalSignIns' | 'linkedIdentities'> {
  const { OIDC_PROVIDERS = [], PUBLIC_URL } = environment;
  const providers = createProviders({ providers: OIDC_PROVIDERS, publicUrl: PUBLIC_URL });
  const identities = createExternalIdentityStore({ pool });
  const tickets = createLinkTickets({ redis });
  const shared = { ...tools, providers, identities, tickets, announce };
  const linkIdentity = createLinkIdentity(shared);
  return {
    externalSignIns: createExternalSignIns({
      ...shared,
      flows: createFlows({ redis }),
      linkIdentity,
      findAccount: createFindExternalAccount({ ...shared, linkIdentity }),
      onRefusal: (provider, { message, cause }) =>
        logger.warn(
          { provider, cause: cause instanceof Error ? cause.message : undefined },
          message,
        ),
    }),
    linkedIdentities: createLinkedIdentities(shared),
  };
}

type Tools = ReturnType<typeof createTools>;

/** What several services work with. */
function createTools(dependencies: ServicesDependencies) {
  const { environment, pool, redis, accounts, memberships, hasher, announce } = dependencies;
  const journal = createJournal({ pool, announce });
  const mails = createMails({ publicUrl: environment.PUBLIC_URL });
  const attempts = createSignInAttempts({ redis });
  const ownAccount = createOwnAccount({ accounts });
  return {
    ...{ pool, accounts, memberships, passwords: hasher, attempts, journal, mails },
    ownAccount,
    freshAccount: createFreshAccount({ ownAccount }),
    checkPassword: createCheckPassword({ passwords: hasher, attempts, journal }),
    mailVerification: createMailVerification({ journal, mails }),
    revoke: createRevoke({ redis }),
  };
}
