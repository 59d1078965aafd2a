/** What people say of themselves, and that their address is theirs. */
import type { Principal } from '@tributary/chassis';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import { maskName } from '../audit/mask.ts';
import type { Origin } from '../origin.ts';
import { markEmailVerified, memberMessages, setName } from '../stores/account-changes.ts';
import type { Journal } from '../stores/journal.ts';
import { takeToken } from '../stores/one-time-token-store.ts';
import { linkOver } from './link-over.ts';
import type { MailVerification } from './mail-verification.ts';
import { byPerson } from './notes.ts';
import type { OwnAccount } from './own-account.ts';

export interface Profile {
  rename(principal: Principal, name: string, origin: Origin): Promise<void>;
  /** Mails the viewer a link that confirms their address; does nothing once it is confirmed. */
  requestVerification(principal: Principal, origin: Origin): Promise<void>;
  /** @throws NOT_FOUND for a link that is over. */
  verifyEmail(secret: string, origin: Origin): Promise<void>;
}

export interface ProfileDependencies {
  ownAccount: OwnAccount;
  attempts: SignInAttempts;
  mailVerification: MailVerification;
  journal: Journal;
}

export function createProfile(dependencies: ProfileDependencies): Profile {
  const { ownAccount, attempts, mailVerification, journal } = dependencies;
  return {
    async rename(principal, name, origin) {
      const account = await ownAccount(principal);
      await journal.commit(async (client) => {
        await setName(client, account.id, name);
        const entry = byPerson('account.profileChanged', account, origin);
        return {
          audit: [
            { ...entry, before: { name: maskName(account.name) }, after: { name: maskName(name) } },
          ],
          messages: await memberMessages(client, account.id),
        };
      });
    },

    async requestVerification(principal, origin) {
      const account = await ownAccount(principal);
      if (account.emailVerifiedAt) return;
      if (await attempts.mayMail(account.email, origin.address)) await mailVerification(account);
    },

    async verifyEmail(secret, origin) {
      await journal.commit(async (client) => {
        const token = await takeToken(client, 'VERIFY_EMAIL', secret);
        if (!token) throw linkOver();
        await markEmailVerified(client, token.userId);
        return { audit: [byPerson('account.emailVerified', { id: token.userId }, origin)] };
      });
    },
  };
}
