/**
 * From password to session: what anybody may try, so there is nobody to authorise. Whether an account
 * exists shows neither in the answer nor in the time it takes.
 */
import type { Principal } from '@tributary/chassis';
import { requireUser } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Challenges } from '../attempts/challenges.ts';
import type { SignInAttempts } from '../attempts/sign-in-attempts.ts';
import type { SecondFactor, SignIn } from '../credentials/account-input.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import { newSecret } from '../credentials/secret.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import { replaceOutdatedHash, setDeletionRequested } from '../stores/account-changes.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import { type DeviceStore, insertDevice } from '../stores/device-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { MembershipRow, MembershipStore } from '../stores/membership-store.ts';
import { insertToken, takeToken } from '../stores/one-time-token-store.ts';
import type { UserRow } from '../stores/user-store.ts';
import type { Mfa } from './mfa.ts';
import { byPerson, bySomebody, mailTo } from './notes.ts';
import type { OpenSession, Proof, Sessions } from './sessions.ts';
import { goodFor, lifetimes } from './token-lifetimes.ts';

export interface SignedIn extends OpenSession {
  user: UserRow;
  /** Whether the account has been signed in on this device before. */
  isKnownDevice: boolean;
}

/** How a sign-in went on; one of them is set. */
export interface SignInOutcome {
  session: SignedIn | null;
  /** The password was right, and a second factor is needed. */
  secondFactor: { challenge: string; expiresAt: Date } | null;
  /** A mail was sent that has to be acted on first. */
  mailSent: boolean;
}

export interface SignIns {
  /** @throws UNAUTHENTICATED, RATE_LIMITED; NOT_FOUND for a workspace that is not one of theirs. */
  signIn(input: SignIn, origin: Origin): Promise<SignInOutcome>;
  /** @throws UNAUTHENTICATED for a wrong code or a challenge that is over, RATE_LIMITED. */
  completeSignIn(input: SecondFactor, origin: Origin): Promise<SignInOutcome>;
  /** Opens a session for somebody who has just proved who they are. */
  open(user: AccountRow, membership: MembershipRow, entry: Entry): Promise<SignedIn>;
  /** A token by which the device is known from now on; null where it is known already. */
  rememberDevice(signedIn: SignedIn): Promise<string | null>;
  /** Lifts the lock of an account for whoever reads its mail. @throws NOT_FOUND. */
  unlock(secret: string, origin: Origin): Promise<void>;
  /** The same session with a token that says when its second factor was shown. */
  stepUp(principal: Principal, code: string, origin: Origin): Promise<SignInOutcome>;
  /** @throws NOT_FOUND for a workspace the person does not belong to. */
  switchWorkspace(
    principal: Principal,
    workspaceId: string,
    origin: Origin,
  ): Promise<SignInOutcome>;
}

interface Entry {
  proof: Proof;
  knownDevice: string | undefined;
  origin: Origin;
}

export interface SignInDependencies {
  accounts: AccountStore;
  memberships: MembershipStore;
  devices: DeviceStore;
  passwords: PasswordHasher;
  attempts: SignInAttempts;
  challenges: Challenges;
  sessions: Sessions;
  mfa: Mfa;
  journal: Journal;
  mails: Mails;
  /** Whether an address has to be confirmed before its account can be used. */
  verificationRequired: boolean;
}

const opened = (session: SignedIn): SignInOutcome => ({
  session,
  secondFactor: null,
  mailSent: false,
});
export const mailSent: SignInOutcome = { session: null, secondFactor: null, mailSent: true };

export function createSignIns(dependencies: SignInDependencies): SignIns {
  const {
    accounts,
    memberships,
    devices,
    passwords,
    attempts,
    challenges,
    sessions,
    mfa,
    journal,
  } = dependencies;
  const { mails, verificationRequired } = dependencies;

  async function noteFailure(account: AccountRow, locks: boolean, origin: Origin): Promise<void> {
    const failed = bySomebody('signIn.failed', account, origin);
    if (!locks) return journal.note({ audit: [failed] });
    const secret = newSecret();
    const expiresAt = goodFor(lifetimes.unlock);
    await journal.commit(async (client) => {
      await insertToken(client, { userId: account.id, purpose: 'UNLOCK', secret, expiresAt });
      return {
        audit: [failed, bySomebody('account.locked', account, origin)],
        messages: [mailTo(account, mails.locked(secret, expiresAt))],
      };
    });
  }

  /** What goes with a right password: the hash in today's form, a taken-back wish to be deleted. */
  async function refreshAccount(account: AccountRow, password: string): Promise<void> {
    const isOutdated = passwords.isOutdated(account.passwordHash);
    if (!isOutdated && account.deletionRequestedAt === null) return;
    const outdated = account.passwordHash;
    const current = isOutdated ? await passwords.hash(password) : outdated;
    await journal.commit(async (client) => {
      await replaceOutdatedHash(client, account.id, { outdated, current });
      await setDeletionRequested(client, account.id, null);
      return { audit: [] };
    });
  }

  async function sendVerification(account: AccountRow): Promise<SignInOutcome> {
    const secret = newSecret();
    const expiresAt = goodFor(lifetimes.verifyEmail);
    await journal.commit(async (client) => {
      await insertToken(client, { userId: account.id, purpose: 'VERIFY_EMAIL', secret, expiresAt });
      return { audit: [], messages: [mailTo(account, mails.verifyEmail(secret, expiresAt))] };
    });
    return mailSent;
  }

  async function open(
    user: AccountRow,
    membership: MembershipRow,
    entry: Entry,
  ): Promise<SignedIn> {
    const { proof, knownDevice, origin } = entry;
    const isKnownDevice = knownDevice !== undefined;
    if (!isKnownDevice && (await devices.hasAny(user.id))) {
      await journal.note({
        audit: [byPerson('device.new', user, origin)],
        messages: [mailTo(user, mails.newDevice(origin))],
      });
    }
    return { ...(await sessions.begin(membership, proof, origin)), user, isKnownDevice };
  }

  /**
   * Opens a session for a right password. Whoever replaced it meanwhile has ended all sessions of the
   * account, and cannot have seen this one: it ends here.
   */
  async function openByPassword(
    account: AccountRow,
    membership: MembershipRow,
    { password, ...entry }: Entry & { password: string },
  ): Promise<SignedIn> {
    const signedIn = await open(account, membership, entry);
    const hash = (await accounts.findById(account.id))?.passwordHash;
    if (hash === account.passwordHash || (await passwords.verify(hash, password))) return signedIn;
    await sessions.end(signedIn.principal, signedIn.session.id, entry.origin);
    throw wrong();
  }

  return {
    open,

    async signIn({ email, password, workspaceId, deviceToken }, origin) {
      const account = await accounts.findByEmail(email);
      const isDevice = account && deviceToken != null;
      const knownDevice = isDevice ? await devices.recognise(account.id, deviceToken) : undefined;
      const attempt = { email, address: origin.address, knownDevice };
      const { isLast } = await attempts.begin(attempt);
      const isTheirs = await passwords.verify(account?.passwordHash, password);
      if (!account || !isTheirs) {
        if (account) await noteFailure(account, isLast, origin);
        throw wrong();
      }
      await attempts.succeeded(attempt);
      if (verificationRequired && account.emailVerifiedAt === null)
        return sendVerification(account);
      await refreshAccount(account, password);
      const joined = await memberships.findOfAccount(account.id);
      const membership = choose(joined, workspaceId ?? undefined);
      const methods = ['pwd'];
      if (account.totpEnabledAt === null) {
        const entry = { password, proof: { methods }, knownDevice, origin };
        return opened(await openByPassword(account, membership, entry));
      }
      const subject = account.id;
      const workspace = membership.workspaceId;
      const secondFactor = await challenges.issue({ subject, workspace, methods, knownDevice });
      return { session: null, secondFactor, mailSent: false };
    },

    async completeSignIn({ challenge, code }, origin) {
      const held = await challenges.find(challenge);
      const account = held && (await accounts.findById(held.subject));
      if (!held || !account) throw challengeOver();
      await mfa.verify(account, code, origin);
      if (!(await challenges.take(challenge))) throw challengeOver();
      const joined = await memberships.findOfAccount(account.id);
      const methods = [...held.methods, 'otp', 'mfa'];
      const { knownDevice } = held;
      const proof = { methods, mfaAt: new Date() };
      const membership = choose(joined, held.workspace);
      return opened(await open(account, membership, { proof, knownDevice, origin }));
    },

    async rememberDevice({ session, isKnownDevice }) {
      if (isKnownDevice) return null;
      const device = { userId: session.subject, token: newSecret(), description: session.device };
      await journal.commit(async (client) => {
        await insertDevice(client, device);
        return { audit: [] };
      });
      return device.token;
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

    async stepUp(given, code, origin) {
      const principal = requireUser(given);
      const account = await accounts.findById(principal.subject);
      if (!account) throw challengeOver();
      await mfa.verify(account, code, origin);
      const session = await sessions.noteMfa(principal, new Date());
      return opened({ ...session, user: account, isKnownDevice: true });
    },

    async switchWorkspace(principal, workspaceId, origin) {
      const user = await accounts.findById(requireUser(principal).subject);
      if (!user) throw challengeOver();
      const session = await sessions.switchWorkspace(principal, workspaceId, origin);
      return opened({ ...session, user, isKnownDevice: true });
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

function wrong(): TributaryError {
  return new TributaryError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
}

function challengeOver(): TributaryError {
  return new TributaryError('UNAUTHENTICATED', 'This took too long. Sign in again.');
}

export function linkOver(): TributaryError {
  return new TributaryError(
    'NOT_FOUND',
    'This link was used already, or is too old. Ask for a new one.',
    ['input', 'token'],
  );
}
