/**
 * From proof to session: one way in for whoever has just proved who they are, by password or at a
 * provider. Those who have a second factor show it before there is a session.
 */
import { TributaryError } from '@tributary/errors';
import type { Challenges } from '../attempts/challenges.ts';
import type { SecondFactor } from '../credentials/account-input.ts';
import type { Origin } from '../origin.ts';
import { setDeletionRequested } from '../stores/account-changes.ts';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import type { MembershipStore } from '../stores/membership-store.ts';
import { byPerson } from './notes.ts';
import type { NoticePlace } from './notice-place.ts';
import type { ShowSecondFactor } from './second-factor.ts';
import type { Proof, Sessions } from './sessions.ts';
import { opened, type SignedIn, type SignInOutcome } from './sign-in-outcome.ts';

/** How somebody comes in, and from where. */
export interface Entry {
  proof: Proof;
  /** The hash of a device that the account has been signed in on before. */
  knownDevice: string | undefined;
  origin: Origin;
}

export interface Entrance {
  /**
   * A session, or the question for the second factor of those who have one.
   * @throws NOT_FOUND for a workspace that is not one of theirs.
   */
  enter(
    account: AccountRow,
    entry: Entry & { workspaceId: string | undefined },
  ): Promise<SignInOutcome>;
  /** @throws UNAUTHENTICATED for a wrong code or a challenge that is over, RATE_LIMITED. */
  complete(input: SecondFactor, origin: Origin): Promise<SignInOutcome>;
  /** Opens a session for somebody who has nothing more to show. */
  open(user: AccountRow, membership: MembershipRow, entry: Entry): Promise<SignedIn>;
}

export interface EntranceDependencies {
  accounts: AccountStore;
  memberships: MembershipStore;
  noticePlace: NoticePlace;
  challenges: Challenges;
  sessions: Sessions;
  showSecondFactor: ShowSecondFactor;
  journal: Journal;
}

export function createEntrance(dependencies: EntranceDependencies): Entrance {
  const { accounts, memberships, challenges, sessions, showSecondFactor, noticePlace } =
    dependencies;

  async function open(user: AccountRow, membership: MembershipRow, entry: Entry) {
    const { proof, knownDevice, origin } = entry;
    const isKnownDevice = knownDevice !== undefined;
    await noticePlace(user, { isKnownDevice, origin });
    if (user.deletionRequestedAt !== null) await takeBackDeletion(dependencies, user, origin);
    return { ...(await sessions.begin(membership, proof, origin)), user, isKnownDevice };
  }

  return {
    open,

    async enter(account, { workspaceId, ...entry }) {
      const joined = await memberships.findOfAccount(account.id);
      const membership = choose(joined, workspaceId);
      if (account.totpEnabledAt === null) return opened(await open(account, membership, entry));
      const secondFactor = await challenges.issue({
        subject: account.id,
        workspace: membership.workspaceId,
        methods: entry.proof.methods,
        knownDevice: entry.knownDevice,
      });
      return { session: null, secondFactor, mailSent: false };
    },

    async complete({ challenge, code }, origin) {
      const held = await challenges.find(challenge);
      const account = held && (await accounts.findById(held.subject));
      if (!held || !account) throw tookTooLong();
      await showSecondFactor(account, code, origin);
      if (!(await challenges.take(challenge))) throw tookTooLong();
      const joined = await memberships.findOfAccount(account.id);
      const methods = [...held.methods, 'otp', 'mfa'];
      const { knownDevice } = held;
      const proof = { methods, mfaAt: new Date() };
      const membership = choose(joined, held.workspace);
      return opened(await open(account, membership, { proof, knownDevice, origin }));
    },
  };
}

/** Whoever signs in wants to stay. */
async function takeBackDeletion(
  { journal }: Pick<EntranceDependencies, 'journal'>,
  user: AccountRow,
  origin: Origin,
): Promise<void> {
  await journal.commit(async (client) => {
    await setDeletionRequested(client, user.id, null);
    return { audit: [byPerson('account.deletionTakenBack', user, origin)] };
  });
}

/** The membership of the workspace asked for, or the first. */
function choose(joined: readonly MembershipRow[], workspaceId?: string): MembershipRow {
  const chosen =
    workspaceId === undefined ? joined[0] : joined.find((row) => row.workspaceId === workspaceId);
  if (chosen) return chosen;
  const message = 'You do not belong to such a workspace.';
  throw new TributaryError('NOT_FOUND', message, ['input', 'workspaceId']);
}

export function tookTooLong(): TributaryError {
  return new TributaryError('UNAUTHENTICATED', 'This took too long. Sign in again.');
}
