/** What people change of their own account. An address counts once whoever reads its mail has said so. */
import { type Principal, requireUser } from '@tributary/chassis';
import { inputError, TributaryError } from '@tributary/errors';
import type { PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { mailRequestedMessage } from '../announce/mail-requested.ts';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import {
  lockAccount,
  markEmailVerified,
  memberMessages,
  setDeletionRequested,
  setEmail,
  setName,
} from '../stores/account-changes.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import {
  areBothOpened,
  dropTokens,
  insertToken,
  takeToken,
} from '../stores/one-time-token-store.ts';
import type { CheckPassword } from './check-password.ts';
import { byPerson, mailTo } from './notes.ts';
import type { Sessions } from './sessions.ts';
import { linkOver } from './sign-in.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

const emailChangeSchema = z.object({ change: z.uuid(), newEmail: z.string() });

export type EmailChange = 'CHANGED' | 'OTHER_ADDRESS_PENDING';

export interface Profile {
  rename(principal: Principal, name: string, origin: Origin): Promise<void>;
  /** Mails the viewer a link that confirms their address; does nothing once it is confirmed. */
  requestVerification(principal: Principal, origin: Origin): Promise<void>;
  /** @throws NOT_FOUND for a link that is over. */
  verifyEmail(secret: string, origin: Origin): Promise<void>;
  /** Mails a link to the old address and one to the new. Answers alike when the new one has an account. */
  requestEmailChange(
    principal: Principal,
    input: { newEmail: string; password: string },
    origin: Origin,
  ): Promise<void>;
  /** Once both links were opened the address changes. @throws NOT_FOUND for a link that is over. */
  confirmEmailChange(secret: string, origin: Origin): Promise<EmailChange>;
  /** Ends all sessions; signing in again takes the request back. @throws InputError for a wrong password. */
  requestDeletion(principal: Principal, password: string, origin: Origin): Promise<void>;
}

export interface ProfileDependencies {
  accounts: AccountStore;
  attempts: SignInAttempts;
  checkPassword: CheckPassword;
  sessions: Sessions;
  journal: Journal;
  mails: Mails;
}

export function createProfile(dependencies: ProfileDependencies): Profile {
  const { accounts, attempts, checkPassword, sessions, journal, mails } = dependencies;

  async function own(principal: Principal): Promise<AccountRow> {
    const account = await accounts.findById(requireUser(principal).subject);
    if (account) return account;
    throw new TributaryError('UNAUTHENTICATED', 'There is no such account any more.');
  }

  async function changeMessages(client: PoolClient, account: AccountRow, newEmail: string) {
    const isTaken = (await accounts.findByEmail(newEmail, client)) !== undefined;
    const expiresAt = goodFor(lifetimes.changeEmail);
    const data = { change: uuid(), newEmail };
    const token = async () => {
      const secret = newSecret();
      const kept = {
        userId: account.id,
        purpose: 'CHANGE_EMAIL',
        secret,
        expiresAt,
        data,
      } as const;
      await insertToken(client, kept);
      return secret;
    };
    const toOld = mailTo(account, mails.changeEmail(newEmail, await token(), expiresAt));
    const reader = { id: account.id, name: account.name, email: newEmail };
    const text = isTaken
      ? mails.accountExists()
      : mails.changeEmail(newEmail, await token(), expiresAt);
    return [toOld, mailRequestedMessage(reader, account.homeWorkspace ?? account.id, text)];
  }

  return {
    async rename(principal, name, origin) {
      const account = await own(principal);
      await journal.commit(async (client) => {
        await setName(client, account.id, name);
        const entry = byPerson('account.profileChanged', account, origin);
        return {
          audit: [{ ...entry, before: { name: account.name }, after: { name } }],
          messages: await memberMessages(client, account.id),
        };
      });
    },

    async requestVerification(principal, origin) {
      const account = await own(principal);
      if (account.emailVerifiedAt || !(await attempts.mayMail(account.email, origin.address)))
        return;
      const secret = newSecret();
      const expiresAt = goodFor(lifetimes.verifyEmail);
      await journal.commit(async (client) => {
        await insertToken(client, {
          userId: account.id,
          purpose: 'VERIFY_EMAIL',
          secret,
          expiresAt,
        });
        return { audit: [], messages: [mailTo(account, mails.verifyEmail(secret, expiresAt))] };
      });
    },

    async verifyEmail(secret, origin) {
      await journal.commit(async (client) => {
        const token = await takeToken(client, 'VERIFY_EMAIL', secret);
        if (!token) throw linkOver();
        await markEmailVerified(client, token.userId);
        return { audit: [byPerson('account.emailVerified', { id: token.userId }, origin)] };
      });
    },

    async requestEmailChange(principal, { newEmail, password }, origin) {
      const account = await own(principal);
      await checkPassword(account, password, origin, ['input', 'password']);
      if (newEmail === account.email)
        throw inputError('is your address already', ['input', 'newEmail']);
      if (!(await attempts.mayMail(newEmail, origin.address))) {
        throw new TributaryError(
          'RATE_LIMITED',
          'There were too many mails. Try again in an hour.',
        );
      }
      await journal.commit(async (client) => {
        await dropTokens(client, account.id, 'CHANGE_EMAIL');
        return { audit: [], messages: await changeMessages(client, account, newEmail) };
      });
    },

    async confirmEmailChange(secret, origin) {
      const { state } = await journal.commit(async (client) => {
        const token = await takeToken(client, 'CHANGE_EMAIL', secret);
        if (!token) throw linkOver();
        await lockAccount(client, token.userId);
        const { change, newEmail } = emailChangeSchema.parse(token.data);
        if (!(await areBothOpened(client, change))) {
          return { state: 'OTHER_ADDRESS_PENDING' as const, audit: [] };
        }
        if (!(await setEmail(client, token.userId, newEmail))) throw linkOver();
        await dropTokens(client, token.userId, 'CHANGE_EMAIL');
        const entry = byPerson('account.emailChanged', { id: token.userId }, origin);
        return {
          state: 'CHANGED' as const,
          audit: [{ ...entry, after: { email: newEmail } }],
          messages: await memberMessages(client, token.userId),
        };
      });
      return state;
    },

    async requestDeletion(principal, password, origin) {
      const account = await own(principal);
      await checkPassword(account, password, origin, ['input', 'password']);
      await journal.commit(async (client) => {
        await setDeletionRequested(client, account.id, new Date());
        return {
          audit: [byPerson('account.deletionRequested', account, origin)],
          messages: [mailTo(account, mails.deletionRequested())],
        };
      });
      await sessions.endAll(account.id, origin);
    },
  };
}
