/** Opening accounts: what anybody may do, so there is nobody to authorise. */
import { TributaryError } from '@tributary/errors';
import type { SignUp } from '../credentials/account-input.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { assertGoodPassword } from '../credentials/password-rules.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { Entrance } from './entrance.ts';
import type { MailVerification } from './mail-verification.ts';
import { newAccount } from './new-account.ts';
import { mailTo } from './notes.ts';
import { openAccount } from './open-account.ts';
import { mailSent, opened, type SignInOutcome } from './sign-in-outcome.ts';

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
  entrance: Entrance;
  mailVerification: MailVerification;
  journal: Journal;
  mails: Mails;
  /** Whether an address has to be confirmed before its account can be used. */
  verificationRequired: boolean;
  /** Called when something committed waits in the outbox. */
  announce: () => void;
}

export function createAccounts(dependencies: AccountsDependencies): Accounts {
  const { accounts, passwords, entrance, mailVerification, journal, mails } = dependencies;
  const { verificationRequired } = dependencies;

  /** Both ways write a mail, so that they take the same time. */
  async function mailInstead(email: string, isNew: boolean) {
    const account = await accounts.findByEmail(email);
    if (!account) return;
    if (isNew) await mailVerification(account);
    else await journal.note({ audit: [], messages: [mailTo(account, mails.accountExists())] });
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
      const isNew = await openAccount(dependencies, account, origin);
      if (verificationRequired) {
        await mailInstead(person.email, isNew);
        return mailSent;
      }
      const user = await accounts.findById(account.user.id);
      if (!isNew || !user) throw emailTaken();
      const entry = { proof: { methods: ['pwd'] }, knownDevice: undefined, origin };
      const session = await entrance.open(user, account.membership, entry);
      return opened(session);
    },
  };
}

function emailTaken(): TributaryError {
  const message = 'There is an account with this e-mail address already; sign in instead.';
  return new TributaryError('CONFLICT', message, ['input', 'email']);
}
