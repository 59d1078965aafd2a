import { TributaryError } from '@tributary/errors';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { newAccount, newWorkspace } from '../services/new-account.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';

export interface DemoAccount {
  email: string;
  password: string;
  name: string;
}

export interface DemoDependencies {
  accounts: AccountStore;
  passwords: PasswordHasher;
}

const workspaceName = 'Flights demo';

/**
 * Sees to it that the demo account exists, owns its workspace and has this password. May run in
 * several processes at once: the e-mail's unique index and the user's row lock let one of them write.
 * @throws CONFLICT when the e-mail is that of a person, whose password is not ours to set.
 */
export async function ensureDemoAccount(
  demo: DemoAccount,
  { accounts, passwords }: DemoDependencies,
): Promise<void> {
  const known = await accounts.findByEmail(demo.email);
  if (known) return bringUpToDate(known);

  const { email, name, password } = demo;
  const passwordHash = await passwords.hash(password);
  const details = { email, name, passwordHash, workspaceName, emailVerifiedAt: new Date() };
  const account = newAccount({ ...details, isDemo: true });
  const isNew = await accounts.create(account);
  if (!isNew) await ensureDemoAccount(demo, { accounts, passwords });

  async function bringUpToDate(user: AccountRow): Promise<void> {
    if (!user.isDemo) throw takenByPerson();
    await accounts.ensureWorkspace(newWorkspace(user, workspaceName));
    if (await passwords.verify(user.passwordHash, demo.password)) return;
    await accounts.replacePasswordHash(user.id, await passwords.hash(demo.password));
  }
}

function takenByPerson(): TributaryError {
  return new TributaryError('CONFLICT', 'This e-mail address is that of an ordinary account.');
}
