/** What signed-in people do with the session they are in. */
import { type Principal, requireUser } from '@tributary/chassis';
import { newSecret } from '../credentials/secret.ts';
import type { Origin } from '../origin.ts';
import type { Session } from '../sessions/session.ts';
import { insertDevice } from '../stores/device-store.ts';
import type { Journal } from '../stores/journal.ts';
import type { OwnAccount } from './own-account.ts';
import type { ShowSecondFactor } from './second-factor.ts';
import type { Sessions } from './sessions.ts';
import { opened, type SignInOutcome } from './sign-in-outcome.ts';

export interface OwnSession {
  /** A token by which the session's device is known from now on. */
  rememberDevice(session: Session): Promise<string>;
  /** The same for the session that asks. @throws NOT_FOUND. */
  rememberThisDevice(principal: Principal): Promise<string>;
  /** The same session with a token that says when its second factor was shown. */
  stepUp(principal: Principal, code: string, origin: Origin): Promise<SignInOutcome>;
  /** @throws NOT_FOUND for a workspace the person does not belong to. */
  switchWorkspace(
    principal: Principal,
    workspaceId: string,
    origin: Origin,
  ): Promise<SignInOutcome>;
}

export interface OwnSessionDependencies {
  ownAccount: OwnAccount;
  sessions: Sessions;
  showSecondFactor: ShowSecondFactor;
  journal: Journal;
}

export function createOwnSession(dependencies: OwnSessionDependencies): OwnSession {
  const { ownAccount, sessions, showSecondFactor, journal } = dependencies;

  async function rememberDevice({ subject, device }: Session): Promise<string> {
    const token = newSecret();
    await journal.commit(async (client) => {
      await insertDevice(client, { userId: subject, token, description: device });
      return { audit: [] };
    });
    return token;
  }

  return {
    rememberDevice,
    rememberThisDevice: async (principal) =>
      rememberDevice(await sessions.current(requireUser(principal))),

    async stepUp(given, code, origin) {
      const account = await ownAccount(given);
      await showSecondFactor(account, code, origin);
      const session = await sessions.noteMfa(requireUser(given), new Date());
      return opened({ ...session, user: account, isKnownDevice: true });
    },

    async switchWorkspace(principal, workspaceId, origin) {
      const user = await ownAccount(principal);
      const session = await sessions.switchWorkspace(principal, workspaceId, origin);
      return opened({ ...session, user, isKnownDevice: true });
    },
  };
}
