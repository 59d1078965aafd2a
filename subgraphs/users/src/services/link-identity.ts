import type { ProvenIdentity, Providers } from '../external/providers.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { AccountStore } from '../stores/account-store.ts';
import { type ExternalIdentityStore, insertIdentity } from '../stores/external-identity-store.ts';
import type { Journal } from '../stores/journal.ts';
import { byPerson, mailTo } from './notes.ts';

/** Makes an identity a way into an account, and tells its person. False when it leads into another one. */
export type LinkIdentity = (
  userId: string,
  identity: ProvenIdentity,
  origin: Origin,
) => Promise<boolean>;

export interface LinkIdentityDependencies {
  accounts: AccountStore;
  identities: ExternalIdentityStore;
  providers: Providers;
  journal: Journal;
  mails: Mails;
}

export function createLinkIdentity(dependencies: LinkIdentityDependencies): LinkIdentity {
  const { accounts, identities, providers, journal, mails } = dependencies;
  return async (userId, { issuer, subject, email }, origin) => {
    const { isNew } = await journal.commit(async (client) => {
      const account = await accounts.findById(userId, client);
      const isNew =
        account !== undefined && (await insertIdentity(client, { userId, issuer, subject, email }));
      if (!isNew) return { isNew, audit: [] };
      const provider = providers.nameOf(issuer);
      const entry = byPerson('identity.linked', account, origin);
      return {
        isNew,
        audit: [{ ...entry, after: { provider, issuer } }],
        messages: [mailTo(account, mails.identityLinked(provider, origin))],
      };
    });
    return isNew || (await identities.use(issuer, subject))?.userId === userId;
  };
}
