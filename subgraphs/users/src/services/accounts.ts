/** Signing up and signing in: what anybody may do, so there is nobody to authorise. */
import type { UserPrincipal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { SignIn, SignUp } from '../credentials/account-input.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { scopesOf } from '../roles/scopes-of.ts';
import type { AccountStore } from '../stores/account-store.ts';
import type { MembershipRow, MembershipStore } from '../stores/membership-store.ts';
import type { UserRow } from '../stores/user-store.ts';
import type { AccessToken, TokenIssuer } from '../tokens/token-issuer.ts';
import { newAccount } from './new-account.ts';

export interface Session extends AccessToken {
  user: UserRow;
  /** Whom the token speaks for. */
  principal: UserPrincipal;
}

export interface Accounts {
  /** @throws CONFLICT when the e-mail has an account. */
  signUp(input: SignUp): Promise<Session>;
  /**
   * An unknown account and a wrong password are the same answer after the same work.
   * @throws UNAUTHENTICATED for both; NOT_FOUND for a workspace the person does not belong to.
   */
  signIn(input: SignIn): Promise<Session>;
}

export interface AccountsDependencies {
  accounts: AccountStore;
  memberships: MembershipStore;
  passwords: PasswordHasher;
  issueToken: TokenIssuer;
  /** Called when something committed waits in the outbox. */
  announce: () => void;
}

export function createAccounts(dependencies: AccountsDependencies): Accounts {
  const { accounts, memberships, passwords, issueToken, announce } = dependencies;

  async function openSession(user: UserRow, membership: MembershipRow): Promise<Session> {
    const principal = principalOf(membership);
    return { ...(await issueToken(principal)), user, principal };
  }

  return {
    async signUp({ password, workspaceName, ...person }) {
      const account = newAccount({
        ...person,
        passwordHash: await passwords.hash(password),
        workspaceName: workspaceName ?? `${person.name}’s workspace`,
        isDemo: false,
      });
      if (!(await accounts.create(account))) throw emailTaken();
      announce();
      return openSession(account.user, account.membership);
    },

    async signIn({ email, password, workspaceId }) {
      const account = await accounts.findByEmail(email);
      const isTheirs = await passwords.verify(account?.passwordHash, password);
      if (!account || !isTheirs) throw wrongCredentials();
      const joined = await memberships.findOfAccount(account.id);
      return openSession(account, choose(joined, workspaceId ?? undefined));
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

function principalOf({ userId, workspaceId, role }: MembershipRow): UserPrincipal {
  return {
    kind: 'user',
    subject: userId,
    workspace: workspaceId,
    roles: [role],
    scopes: scopesOf(role),
  };
}

function emailTaken(): TributaryError {
  const message = 'There is an account with this e-mail address already; sign in instead.';
  return new TributaryError('CONFLICT', message, ['input', 'email']);
}

function wrongCredentials(): TributaryError {
  return new TributaryError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
}
