/** What becomes of wrong passwords: they are written down, and too many lock the account for unknown devices. */
import { v5 as uuidOf } from 'uuid';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import { hashSecret, newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import { insertToken, takeToken } from '../stores/one-time-token-store.ts';
import { linkOver } from './link-over.ts';
import { byPerson, bySomebody, mailTo } from './notes.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

export interface FailedAttempt {
  email: string;
  account: AccountRow | undefined;
  isLast: boolean;
}

export interface Lockout {
  /**
   * `isLast`: it was the last one that is let through; its owner is mailed how to lift the lock. What
   * was tried on a name without an account is written down alike, so that time does not tell of it.
   */
  noteFailure(tried: FailedAttempt, origin: Origin): Promise<void>;
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
    async noteFailure({ email, account, isLast }, origin) {
      const failed = bySomebody('signIn.failed', account ?? { id: nameless(email) }, origin);
      if (!account || !isLast) return journal.note({ audit: [failed] });
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

const namespace = '0b1f8f0e-6d0a-4c0e-9a53-6c1d6f0a2f5b';

/** An id for a name that has no account: the same for the same name, which it does not tell. */
const nameless = (email: string): string => uuidOf(hashSecret(email), namespace);
