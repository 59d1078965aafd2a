/** Changing a password, and choosing a new one by mail. Neither gets around the second factor. */
import { type Principal, requireUser } from '@tributary/chassis';
import type { Pool } from 'pg';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { assertGoodPassword } from '../credentials/password-rules.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import { lockAccount, markEmailVerified, setPasswordHash } from '../stores/account-changes.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import { deleteUnprovenIdentities } from '../stores/external-identity-store.ts';
import type { Journal } from '../stores/journal.ts';
import { dropTokens, findToken, insertToken, takeToken } from '../stores/one-time-token-store.ts';
import type { CheckPassword } from './check-password.ts';
import { linkOver } from './link-over.ts';
import { byPerson, bySomebody, mailTo } from './notes.ts';
import type { OwnAccount } from './own-account.ts';
import type { Sessions } from './sessions.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

export interface Passwords {
  /** Answers alike, and at once, whether there is such an account or not. */
  requestReset(email: string, origin: Origin): void;
  /**
   * Ends every session and signs nobody in. Providers that were added while the address was not
   * confirmed are no way in any more. @throws NOT_FOUND for a link that is over, InputError.
   */
  reset(input: { token: string; newPassword: string }, origin: Origin): Promise<void>;
  /** Ends every other session. @throws InputError for a wrong password, or a new one that is too weak. */
  change(
    principal: Principal,
    input: { currentPassword: string; newPassword: string },
    origin: Origin,
  ): Promise<void>;
}

export interface PasswordsDependencies {
  pool: Pool;
  accounts: AccountStore;
  ownAccount: OwnAccount;
  passwords: PasswordHasher;
  attempts: SignInAttempts;
  checkPassword: CheckPassword;
  sessions: Sessions;
  journal: Journal;
  mails: Mails;
  /** Told when a mail could not be asked for. */
  onError: (error: unknown) => void;
}

export function createPasswords(dependencies: PasswordsDependencies): Passwords {
  const { pool, accounts, ownAccount, passwords, attempts, checkPassword } = dependencies;
  const { sessions, journal, mails } = dependencies;

  return {
    requestReset(email, origin) {
      sendReset(dependencies, email, origin).catch(dependencies.onError);
    },

    async reset({ token, newPassword }, origin) {
      const found = await findToken(pool, 'RESET_PASSWORD', token);
      const account = found && (await accounts.findById(found.userId));
      if (!account) throw linkOver();
      const hash = await goodHash(passwords, account, newPassword);
      await journal.commit(async (client) => {
        if (!(await takeToken(client, 'RESET_PASSWORD', token))) throw linkOver();
        await lockAccount(client, account.id);
        // Who added these had no proof of the address; whoever has it now need not know them.
        const unproven = await deleteUnprovenIdentities(client, account.id);
        await setPasswordHash(client, account.id, hash);
        // Whoever could read the link could read the mail.
        await markEmailVerified(client, account.id);
        await dropTokens(client, account.id, 'RESET_PASSWORD');
        return {
          audit: [
            byPerson('password.reset', account, origin),
            ...unproven.map(({ issuer }) => ({
              ...byPerson('identity.unlinked', account, origin),
              before: { issuer },
            })),
          ],
          messages: [mailTo(account, mails.passwordChanged(origin))],
        };
      });
      await attempts.unlock(account.email);
      await sessions.endAll(account.id, origin);
    },

    async change(given, { currentPassword, newPassword }, origin) {
      const account = await ownAccount(given);
      await checkPassword(account, currentPassword, origin, ['input', 'currentPassword']);
      const hash = await goodHash(passwords, account, newPassword);
      await journal.commit(async (client) => {
        await setPasswordHash(client, account.id, hash);
        await dropTokens(client, account.id, 'RESET_PASSWORD');
        return {
          audit: [byPerson('password.changed', account, origin)],
          messages: [mailTo(account, mails.passwordChanged(origin))],
        };
      });
      await sessions.endAll(account.id, origin, { except: requireUser(given).session });
    },
  };
}

async function sendReset(
  { accounts, attempts, journal, mails }: PasswordsDependencies,
  email: string,
  origin: Origin,
): Promise<void> {
  const account = await accounts.findByEmail(email);
  if (!account || !(await attempts.mayMail(email, origin.address))) return;
  const kept = { userId: account.id, purpose: 'RESET_PASSWORD' } as const;
  const secret = newSecret();
  const expiresAt = goodFor(lifetimes.resetPassword);
  await journal.commit(async (client) => {
    await insertToken(client, { ...kept, secret, expiresAt });
    return {
      audit: [bySomebody('password.resetRequested', account, origin)],
      messages: [mailTo(account, mails.resetPassword(secret, expiresAt))],
    };
  });
}

/** @throws InputError for a password that is too weak. */
async function goodHash(
  passwords: PasswordHasher,
  account: AccountRow,
  password: string,
): Promise<string> {
  const owner = { ...account, hasMfa: account.totpEnabledAt !== null };
  assertGoodPassword(password, owner, ['input', 'newPassword']);
  return passwords.hash(password);
}
