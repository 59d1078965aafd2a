/** Opening accounts: what anybody may do, so there is nobody to authorise. */
import { TributaryError } from '@tributary/errors';
import type { SignUp } from '../credentials/account-input.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { assertGoodPassword } from '../credentials/password-rules.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow, AccountStore, NewAccount } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import { insertToken } from '../stores/one-time-token-store.ts';
import { newAccount } from './new-account.ts';
import { byPerson, mailTo } from './notes.ts';
import { mailSent, type SignInOutcome, type SignIns } from './sign-in.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

export interface Accounts {
  /**
   * Where addresses have to be confirmed, the answer is the same whether there was an account: a mail
   * says what to do. Elsewhere the new person is signed in at once.
   * @throws InputError for a weak password; CONFLICT for a taken address where nothing is confirmed.
   */
  signUp(input: SignUp, origin: Origin): Promise<SignInOutcome>;
}

export interface AccountsDependencies {
  accounts: AccountStore;
  passwords: PasswordHasher;
  signIns: SignIns;
  journal: Journal;
  mails: Mails;
  /** Whether an address has to be confirmed before its account can be used. */
  verificationRequired: boolean;
  /** Called when something committed waits in the outbox. */
  announce: () => void;
}

export function createAccounts(dependencies: AccountsDependencies): Accounts {
  const { accounts, passwords, signIns, journal, mails, verificationRequired, announce } =
    dependencies;

  /** Both ways write a mail, so that they take the same time. */
  async function mailInstead(email: string, opened: NewAccount | undefined, origin: Origin) {
    const account = await accounts.findByEmail(email);
    if (!account) return;
    if (!opened)
      return journal.note({ audit: [], messages: [mailTo(account, mails.accountExists())] });
    await sendVerification(account, origin);
  }

  async function sendVerification(account: AccountRow, origin: Origin): Promise<void> {
    const secret = newSecret();
    const expiresAt = goodFor(lifetimes.verifyEmail);
    await journal.commit(async (client) => {
      await insertToken(client, { userId: account.id, purpose: 'VERIFY_EMAIL', secret, expiresAt });
      return {
        audit: [byPerson('account.opened', account, origin)],
        messages: [mailTo(account, mails.verifyEmail(secret, expiresAt))],
      };
    });
  }

  return {
    async signUp({ password, workspaceName, ...person }, origin) {
      assertGoodPassword(password, { ...person, hasMfa: false }, ['input', 'password']);
      const account = newAccount({
        ...person,
        passwordHash: await passwords.hash(password),
        workspaceName: workspaceName ?? `${person.name}’s workspace`,
        isDemo: false,
        emailVerifiedAt: null,
      });
      const isNew = await accounts.create(account);
      if (isNew) announce();
      if (verificationRequired) {
        await mailInstead(person.email, isNew ? account : undefined, origin);
        return mailSent;
      }
      const user = await accounts.findById(account.user.id);
      if (!isNew || !user) throw emailTaken();
      await journal.note({ audit: [byPerson('account.opened', user, origin)] });
      const entry = { proof: { methods: ['pwd'] }, knownDevice: undefined, origin };
      const session = await signIns.open(user, account.membership, entry);
      return { session, secondFactor: null, mailSent: false };
    },
  };
}

function emailTaken(): TributaryError {
  const message = 'There is an account with this e-mail address already; sign in instead.';
  return new TributaryError('CONFLICT', message, ['input', 'email']);
}
