/** A person's wish that their account be deleted. */
import type { Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import { setDeletionRequested } from '../stores/account-changes.ts';
import { isNeededOwner } from '../stores/account-deletion.ts';
import type { Journal } from '../stores/journal.ts';
import type { CheckPassword } from './check-password.ts';
import { byPerson, mailTo } from './notes.ts';
import type { OwnAccount } from './own-account.ts';
import type { Sessions } from './sessions.ts';

export interface Deletion {
  /**
   * Ends all sessions; signing in again takes the request back. @throws InputError for a wrong password,
   * CONFLICT for the last owner of a workspace that has other members.
   */
  request(principal: Principal, password: string, origin: Origin): Promise<void>;
}

export interface DeletionDependencies {
  ownAccount: OwnAccount;
  checkPassword: CheckPassword;
  sessions: Sessions;
  journal: Journal;
  mails: Mails;
}

export function createDeletion(dependencies: DeletionDependencies): Deletion {
  const { ownAccount, checkPassword, sessions, journal, mails } = dependencies;
  return {
    async request(principal, password, origin) {
      const account = await ownAccount(principal);
      await checkPassword(account, password, origin, ['input', 'password']);
      await journal.commit(async (client) => {
        if (await isNeededOwner(client, account.id)) throw stillNeeded();
        await setDeletionRequested(client, account.id, new Date());
        return {
          audit: [byPerson('account.deletionRequested', account, origin)],
          messages: [mailTo(account, mails.deletionRequested())],
        };
      });
      await sessions.endAll(account.id, origin);
    },
  };
}

function stillNeeded(): TributaryError {
  const message =
    'You are the only owner of a workspace that has other members: name another first.';
  return new TributaryError('CONFLICT', message);
}
