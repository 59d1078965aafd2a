/**
 * From password to session: what anybody may try, so there is nobody to authorise. Whether an account
 * exists shows neither in the answer nor in the time it takes.
 */
import { TributaryError } from '@tributary/errors';
import type { Attempt, SignInAttempts } from '../attempts/sign-in-attempts.ts';
import type { SignIn } from '../credentials/account-input.ts';
import type { PasswordHasher } from '../credentials/password-hasher.ts';
import type { Origin } from '../origin.ts';
import { replaceOutdatedHash } from '../stores/account-changes.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import type { DeviceStore } from '../stores/device-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { Entrance } from './entrance.ts';
import type { Lockout } from './lockout.ts';
import type { MailVerification } from './mail-verification.ts';
import type { Sessions } from './sessions.ts';
import { mailSent, type SignInOutcome } from './sign-in-outcome.ts';

export interface SignIns {
  /** @throws UNAUTHENTICATED, RATE_LIMITED; NOT_FOUND for a workspace that is not one of theirs. */
  signIn(input: SignIn, origin: Origin): Promise<SignInOutcome>;
}

export interface SignInDependencies {
  accounts: AccountStore;
  devices: DeviceStore;
  passwords: PasswordHasher;
  attempts: SignInAttempts;
  lockout: Lockout;
  entrance: Entrance;
  sessions: Sessions;
  journal: Journal;
  mailVerification: MailVerification;
  /** Whether an address has to be confirmed before its account can be used. */
  verificationRequired: boolean;
}

export function createSignIns(dependencies: SignInDependencies): SignIns {
  const { accounts, devices, attempts, entrance, mailVerification } = dependencies;
  const { verificationRequired } = dependencies;

  return {
    async signIn({ email, password, workspaceId, deviceToken }, origin) {
      const account = await accounts.findByEmail(email);
      const isDevice = account && deviceToken != null;
      const knownDevice = isDevice ? await devices.recognise(account.id, deviceToken) : undefined;
      const attempt = { email, address: origin.address, knownDevice };
      const known = await checkAttempt(dependencies, { account, password, attempt, origin });
      await attempts.succeeded(attempt);
      if (verificationRequired && known.emailVerifiedAt === null) {
        await mailVerification(known);
        return mailSent;
      }
      await refreshHash(dependencies, known, password);
      const proof = { methods: ['pwd'] };
      const entry = { proof, knownDevice, origin, workspaceId: workspaceId ?? undefined };
      const outcome = await entrance.enter(known, entry);
      await endIfOvertaken(dependencies, { account: known, password, outcome, origin });
      return outcome;
    },
  };
}

/** The account whose password it is. Counted before it is looked at. @throws UNAUTHENTICATED, RATE_LIMITED. */
async function checkAttempt(
  { attempts, passwords, lockout }: SignInDependencies,
  tried: {
    account: AccountRow | undefined;
    password: string;
    attempt: Attempt;
    origin: Origin;
  },
): Promise<AccountRow> {
  const { account, password, attempt, origin } = tried;
  const { isLast } = await attempts.begin(attempt);
  const isTheirs = await passwords.verify(account?.passwordHash, password);
  if (account && isTheirs) return account;
  await lockout.noteFailure({ email: attempt.email, account, isLast }, origin);
  throw wrong();
}

/** Brings the hash of a right password to today's form. */
async function refreshHash(
  { passwords, journal }: SignInDependencies,
  account: AccountRow,
  password: string,
): Promise<void> {
  const outdated = account.passwordHash;
  if (outdated === null || !passwords.isOutdated(outdated)) return;
  const current = await passwords.hash(password);
  await journal.commit(async (client) => {
    await replaceOutdatedHash(client, account.id, { outdated, current });
    return { audit: [] };
  });
}

/**
 * Whoever replaced the password meanwhile has ended all sessions of the account, and cannot have
 * seen the one that was just opened: it ends here. @throws UNAUTHENTICATED then.
 */
async function endIfOvertaken(
  { accounts, passwords, sessions }: SignInDependencies,
  entered: { account: AccountRow; password: string; outcome: SignInOutcome; origin: Origin },
): Promise<void> {
  const { account, password, outcome, origin } = entered;
  if (!outcome.session) return;
  const hash = (await accounts.findById(account.id))?.passwordHash;
  if (hash === account.passwordHash || (await passwords.verify(hash, password))) return;
  const { principal, session } = outcome.session;
  await sessions.end(principal, session.id, origin);
  throw wrong();
}

function wrong(): TributaryError {
  return new TributaryError('UNAUTHENTICATED', 'The e-mail address or the password is wrong.');
}
