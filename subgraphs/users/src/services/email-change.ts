/** Another address for an account. It counts once whoever reads the mail of both has said so. */
import type { Principal } from '@tributary/chassis';
import { inputError, TributaryError } from '@tributary/errors';
import type { OutboxMessage } from '@tributary/outbox';
import type { PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { z } from 'zod';
import { mailRequestedMessage } from '../announce/mail-requested.ts';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import { maskEmail } from '../audit/mask.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import { lockAccount, memberMessages, setEmail } from '../stores/account-changes.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import {
  areBothOpened,
  dropTokens,
  insertToken,
  takeToken,
} from '../stores/one-time-token-store.ts';
import type { CheckPassword } from './check-password.ts';
import { linkOver } from './link-over.ts';
import { byPerson, mailTo } from './notes.ts';
import type { OwnAccount } from './own-account.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

const emailChangeSchema = z.object({ change: z.uuid(), newEmail: z.string() });

export type EmailChangeState = 'CHANGED' | 'OTHER_ADDRESS_PENDING';

export interface EmailChange {
  /** Mails a link to the old address and one to the new. Answers alike when the new one has an account. */
  request(
    principal: Principal,
    input: { newEmail: string; password: string },
    origin: Origin,
  ): Promise<void>;
  /** Once both links were opened the address changes. @throws NOT_FOUND for a link that is over. */
  confirm(secret: string, origin: Origin): Promise<EmailChangeState>;
}

export interface EmailChangeDependencies {
  accounts: AccountStore;
  ownAccount: OwnAccount;
  attempts: SignInAttempts;
  checkPassword: CheckPassword;
  journal: Journal;
  mails: Mails;
}

export function createEmailChange(dependencies: EmailChangeDependencies): EmailChange {
  const { ownAccount, attempts, checkPassword, journal } = dependencies;
  return {
    async request(principal, { newEmail, password }, origin) {
      const account = await ownAccount(principal);
      await checkPassword(account, password, origin, ['input', 'password']);
      if (newEmail === account.email)
        throw inputError('is your address already', ['input', 'newEmail']);
      if (!(await attempts.mayMail(newEmail, origin.address))) {
        const message = 'There were too many mails. Try again in an hour.';
        throw new TributaryError('RATE_LIMITED', message);
      }
      await journal.commit(async (client) => {
        await dropTokens(client, account.id, 'CHANGE_EMAIL');
        const messages = await changeMessages(dependencies, client, { account, newEmail });
        return { audit: [], messages };
      });
    },

    async confirm(secret, origin) {
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
          audit: [{ ...entry, after: { email: maskEmail(newEmail) } }],
          messages: await memberMessages(client, token.userId),
        };
      });
      return state;
    },
  };
}

/** A link to each address; where the new one has an account, word of that instead of a link. */
async function changeMessages(
  { accounts, mails }: EmailChangeDependencies,
  client: PoolClient,
  { account, newEmail }: { account: AccountRow; newEmail: string },
): Promise<OutboxMessage[]> {
  const expiresAt = goodFor(lifetimes.changeEmail);
  const kept = { userId: account.id, purpose: 'CHANGE_EMAIL', expiresAt } as const;
  const data = { change: uuid(), newEmail };
  const linked = async () => {
    const secret = newSecret();
    await insertToken(client, { ...kept, secret, data });
    return mails.changeEmail(newEmail, secret, expiresAt);
  };
  const isTaken = (await accounts.findByEmail(newEmail, client)) !== undefined;
  const toOld = mailTo(account, await linked());
  const reader = { id: account.id, name: account.name, email: newEmail };
  const text = isTaken ? mails.accountExists() : await linked();
  return [toOld, mailRequestedMessage(reader, account.homeWorkspace ?? account.id, text)];
}
