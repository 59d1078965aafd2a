import { inputError } from '@tributary/errors';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import { bySomebody } from './notes.ts';

/** A signed-in person's own password, asked for again. @throws InputError at `field`, RATE_LIMITED. */
export type CheckPassword = (
  account: AccountRow,
  password: string,
  origin: Origin,
  field: readonly string[],
) => Promise<void>;

/** Wrong ones count as wrong codes do: whoever holds a session can guess here, too. */
export function createCheckPassword(dependencies: {
  passwords: PasswordHasher;
  attempts: SignInAttempts;
  journal: Journal;
}): CheckPassword {
  const { passwords, attempts, journal } = dependencies;
  return async (account, password, origin, field) => {
    await attempts.beginCode(account.id);
    if (!(await passwords.verify(account.passwordHash, password))) {
      await journal.note({ audit: [bySomebody('signIn.failed', account, origin)] });
      throw inputError('is not your password', field);
    }
    await attempts.codeSucceeded(account.id);
  };
}
