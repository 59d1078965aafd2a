/** What becomes of wrong passwords: they are written down, and too many lock the account for unknown devices. */
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import { insertToken, takeToken } from '../stores/one-time-token-store.ts';
import { linkOver } from './link-over.ts';
import { byPerson, bySomebody, mailTo } from './notes.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

export interface Lockout {
  /** `locks`: it was the last one that is let through; its owner is mailed how to lift the lock. */
  noteFailure(account: AccountRow, locks: boolean, origin: Origin): Promise<void>;
  /** Lifts the lock of an account for whoever reads its mail. @throws NOT_FOUND. */
  unlock(secret: string, origin: Origin): Promise<void>;
}

export interface LockoutDependencies {
  accounts: AccountStore;
  attempts: SignInAttempts;
  journal: Journal;
  mails: Mails;
}

export function createLockout(dependencies: LockoutDependencies): Lockout {
  const { accounts, attempts, journal, mails } = dependencies;
  return {
    async noteFailure(account, locks, origin) {
      const failed = bySomebody('signIn.failed', account, origin);
      if (!locks) return journal.note({ audit: [failed] });
      const secret = newSecret();
      const expiresAt = goodFor(lifetimes.unlock);
      await journal.commit(async (client) => {
        await insertToken(client, { userId: account.id, purpose: 'UNLOCK', secret, expiresAt });
        return {
          audit: [failed, bySomebody('account.locked', account, origin)],
          messages: [mailTo(account, mails.locked(secret, expiresAt))],
        };
      });
    },

    async unlock(secret, origin) {
      await journal.commit(async (client) => {
        const token = await takeToken(client, 'UNLOCK', secret);
        const account = token && (await accounts.findById(token.userId, client));
        if (!account) throw linkOver();
        await attempts.unlock(account.email);
        return { audit: [byPerson('account.unlocked', account, origin)] };
      });
    },
  };
}
