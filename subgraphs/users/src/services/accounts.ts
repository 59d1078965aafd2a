/** Signing up and signing in: what anybody may do, so there is nobody to authorise. */
import { type Principal, requireUser } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { personActor } from '../audit/audit-record.ts';
import type { SignIn, SignUp } from '../credentials/account-input.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { Origin } from '../origin.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { MembershipRow, MembershipStore } from '../stores/membership-store.ts';
import type { UserRow } from '../stores/user-store.ts';
import { newAccount } from './new-account.ts';
import type { OpenSession, Sessions } from './sessions.ts';

export interface SignedIn extends OpenSession {
  user: UserRow;
}

export interface Accounts {
  /** @throws CONFLICT when the e-mail has an account. */
  signUp(input: SignUp, origin: Origin): Promise<SignedIn>;
  /**
   * An unknown account and a wrong password are the same answer after the same work.
   * @throws UNAUTHENTICATED for both; NOT_FOUND for a workspace the person does not belong to.
   */
  signIn(input: SignIn, origin: Origin): Promise<SignedIn>;
  /** @throws NOT_FOUND for a workspace the person does not belong to. */
  switchWorkspace(
    caller: { principal: Principal; origin: Origin },
    workspaceId: string,
  ): Promise<SignedIn>;
}

export interface AccountsDependencies {
  accounts: AccountStore;
  memberships: MembershipStore;
  passwords: PasswordHasher;
  sessions: Sessions;
  journal: Journal;
  /** Called when something committed waits in the outbox. */
  announce: () => void;
}

export function createAccounts(dependencies: AccountsDependencies): Accounts {
  const { accounts, memberships, passwords, sessions, journal, announce } = dependencies;

  async function openSession(
    user: UserRow,
    membership: MembershipRow,
    origin: Origin,
  ): Promise<SignedIn> {
    return { ...(await sessions.begin(membership, { methods: ['pwd'] }, origin)), user };
  }

  async function noteFailure({ id }: AccountRow, origin: Origin): Promise<void> {
    const target = { type: 'User', id };
    const actor = { kind: 'anonymous', id: null } as const;
    await journal.note({ audit: [{ chain: id, action: 'signIn.failed', actor, target, origin }] });
  }

  return {
    async signUp({ password, workspaceName, ...person }, origin) {
      const account = newAccount({
        ...person,
        passwordHash: await passwords.hash(password),
        workspaceName: workspaceName ?? `${person.name}’s workspace`,
        isDemo: false,
        emailVerifiedAt: null,
      });
      if (!(await accounts.create(account))) throw emailTaken();
      announce();
      const { user, membership } = account;
      const target = { type: 'User', id: user.id };
      const opened = { action: 'account.opened', actor: personActor(user.id), target } as const;
      await journal.note({ audit: [{ ...opened, chain: user.id, origin }] });
      return openSession(user, membership, origin);
    },

    async signIn({ email, password, workspaceId }, origin) {
      const account = await accounts.findByEmail(email);
      const isTheirs = await passwords.verify(account?.passwordHash, password);
      if (account && !isTheirs) await noteFailure(account, origin);
      if (!account || !isTheirs) throw wrongCredentials();
      const joined = await memberships.findOfAccount(account.id);
      return openSession(account, choose(joined, workspaceId ?? undefined), origin);
    },

    async switchWorkspace({ principal, origin }, workspaceId) {
      const user = await accounts.findById(requireUser(principal).subject);
      if (!user) throw wrongCredentials();
      return { ...(await sessions.switchWorkspace(principal, workspaceId, origin)), user };
    },
  };
}

/** The membership of the workspace asked for, or the first. */
function choose(joined: readonly MembershipRow[], workspaceId?: string): MembershipRow {
  const chosen =
    workspaceId === undefined ? joined[0] : joined.find((row) => row.workspaceId === workspaceId);
  if (chosen) return chosen;
  throw new TributaryError('NOT_FOUND', 'You do not belong to such a workspace.', [
    'input',
    'workspaceId',
  ]);
}

function emailTaken(): TributaryError {
  const message = 'There is an account with this e-mail address already; sign in instead.';
  return new TributaryError('CONFLICT', message, ['input', 'email']);
}

function wrongCredentials(): TributaryError {
  return new TributaryError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
}
