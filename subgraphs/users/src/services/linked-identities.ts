/** The providers a person signs in at, as they see and change them in their account. */
import { type Principal, requireUser } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { LinkTickets } from '../external/link-tickets.ts';
import type { Providers } from '../external/providers.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import { lockAccount } from '../stores/account-changes.ts';
import {
  countIdentities,
  deleteIdentity,
  type ExternalIdentityRow,
  type ExternalIdentityStore,
} from '../stores/external-identity-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { CheckPassword } from './check-password.ts';
import type { FreshAccount } from './fresh-account.ts';
import { byPerson, mailTo } from './notes.ts';

export type LinkedIdentity = ExternalIdentityRow & { provider: string };

export interface LinkedIdentities {
  providers(): { id: string; name: string }[];
  list(principal: Principal): Promise<LinkedIdentity[]>;
  /**
   * A ticket for the way to a provider. @throws InputError for a wrong password or no such provider,
   * MFA_REQUIRED unless the second factor was shown within the last 15 minutes, RATE_LIMITED.
   */
  start(
    principal: Principal,
    input: { provider: string; password: string },
    origin: Origin,
  ): Promise<string>;
  /** @throws NOT_FOUND, MFA_REQUIRED likewise; CONFLICT for the only way in. */
  unlink(principal: Principal, id: string, origin: Origin): Promise<void>;
}

export interface LinkedIdentitiesDependencies {
  providers: Providers;
  identities: ExternalIdentityStore;
  tickets: LinkTickets;
  freshAccount: FreshAccount;
  checkPassword: CheckPassword;
  journal: Journal;
  mails: Mails;
}

export function createLinkedIdentities(
  dependencies: LinkedIdentitiesDependencies,
): LinkedIdentities {
  const { providers, identities, tickets, freshAccount, checkPassword } = dependencies;
  const { journal, mails } = dependencies;
  return {
    providers: () => providers.list(),

    async list(principal) {
      const rows = await identities.listOf(requireUser(principal).subject);
      return rows.map((row) => ({ ...row, provider: providers.nameOf(row.issuer) }));
    },

    async start(principal, { provider, password }, origin) {
      const { subject, session } = requireUser(principal);
      const account = await freshAccount(principal);
      await checkPassword(account, password, origin, ['input', 'password']);
      if (session === undefined || !providers.list().some(({ id }) => id === provider)) {
        const message = 'There is no such provider of sign-ins.';
        throw new TributaryError('NOT_FOUND', message, ['input', 'provider']);
      }
      return tickets.issue({ subject, session, provider });
    },

    async unlink(principal, id, origin) {
      const account = await freshAccount(principal);
      await journal.commit(async (client) => {
        await lockAccount(client, account.id);
        const row = await deleteIdentity(client, account.id, id);
        if (!row) throw new TributaryError('NOT_FOUND', 'There is no such sign-in.', ['id']);
        const isLast = (await countIdentities(client, account.id)) === 0;
        if (isLast && account.passwordHash === null) throw onlyWayIn();
        const provider = providers.nameOf(row.issuer);
        const entry = byPerson('identity.unlinked', account, origin);
        return {
          audit: [{ ...entry, before: { provider, issuer: row.issuer } }],
          messages: [mailTo(account, mails.identityUnlinked(provider, origin))],
        };
      });
    },
  };
}

function onlyWayIn(): TributaryError {
  const message = 'This is your only way in: choose a password first, by a mailed link.';
  return new TributaryError('CONFLICT', message, ['id']);
}
