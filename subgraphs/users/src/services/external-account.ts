import type { ProvenIdentity } from '../external/providers.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow, AccountStore, NewAccount } from '../stores/account-store.ts';
import type { ExternalIdentityStore } from '../stores/external-identity-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { LinkIdentity } from './link-identity.ts';
import { newAccount } from './new-account.ts';
import { openAccount } from './open-account.ts';

/**
 * Whose account it is: the one it was linked to; else, by an address that the provider is trusted
 * with, the one whose own address is confirmed, or a new one. Undefined when none of these: an
 * account that somebody opened with an address they never confirmed may be a trap for its owner.
 */
export type FindExternalAccount = (
  identity: ProvenIdentity,
  origin: Origin,
) => Promise<AccountRow | undefined>;

export interface ExternalAccountDependencies {
  accounts: AccountStore;
  identities: ExternalIdentityStore;
  linkIdentity: LinkIdentity;
  journal: Journal;
  /** Called when something committed waits in the outbox. */
  announce: () => void;
}

export function createFindExternalAccount(
  dependencies: ExternalAccountDependencies,
): FindExternalAccount {
  const { accounts, identities, linkIdentity } = dependencies;
  return async (identity, origin) => {
    const { issuer, subject, email, isEmailTrusted } = identity;
    const known = await identities.use(issuer, subject);
    if (known) return accounts.findById(known.userId);
    if (email === undefined || !isEmailTrusted) return undefined;
    const isNew = (await accounts.findByEmail(email)) === undefined;
    // Somebody may be faster, and is found then.
    if (isNew) await openAccount(dependencies, accountOf({ ...identity, email }), origin);
    const account = await accounts.findByEmail(email);
    if (!account || account.emailVerifiedAt === null) return undefined;
    const isLinked = await linkIdentity(account.id, identity, origin);
    return isLinked ? account : undefined;
  };
}

/** Without a password: one can be chosen later, by mail. */
function accountOf({
  email,
  name = email.split('@')[0] ?? email,
}: Pick<ProvenIdentity, 'name'> & { email: string }): NewAccount {
  return newAccount({
    ...{ email, name, workspaceName: `${name}’s workspace` },
    ...{ passwordHash: null, isDemo: false, emailVerifiedAt: new Date() },
  });
}
