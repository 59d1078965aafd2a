/** The second factor of somebody who has one: what they change needs it to be fresh. */
import type { Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { hashRecoveryCode, newRecoveryCodes } from '../credentials/one-time-code.ts';
import type { Mails } from '../mail/mails.ts';
import type { Origin } from '../origin.ts';
import type { Journal } from '../stores/journal.ts';
import { disableTotp, type MfaStore, replaceRecoveryCodes } from '../stores/mfa-store.ts';
import type { FreshAccount } from './fresh-account.ts';
import { byPerson, mailTo } from './notes.ts';
import type { Sessions } from './sessions.ts';

export interface Mfa {
  /** @throws MFA_REQUIRED unless it was shown within the last 15 minutes. */
  disable(principal: Principal, origin: Origin): Promise<void>;
  /** @throws MFA_REQUIRED likewise. The codes before are worthless from now on. */
  replaceCodes(principal: Principal, origin: Origin): Promise<string[]>;
  state(userId: string): Promise<{ isEnabled: boolean; recoveryCodesLeft: number }>;
}

export interface MfaDependencies {
  store: MfaStore;
  freshAccount: FreshAccount;
  sessions: Sessions;
  journal: Journal;
  mails: Mails;
}

export function createMfa(dependencies: MfaDependencies): Mfa {
  const { store, freshAccount, sessions, journal, mails } = dependencies;
  return {
    async disable(principal, origin) {
      const account = await freshAccount(principal);
      await journal.commit(async (client) => {
        await disableTotp(client, account.id);
        return {
          audit: [byPerson('mfa.disabled', account, origin)],
          messages: [mailTo(account, mails.mfaChanged(false, origin))],
        };
      });
      await sessions.forgetMfa(account.id);
    },

    async replaceCodes(principal, origin) {
      const account = await freshAccount(principal);
      if (!account.totpEnabledAt) throw new TributaryError('CONFLICT', 'Two-step sign-in is off.');
      const codes = newRecoveryCodes();
      await journal.commit(async (client) => {
        await replaceRecoveryCodes(client, account.id, codes.map(hashRecoveryCode));
        return { audit: [byPerson('mfa.recoveryCodesReplaced', account, origin)] };
      });
      return codes;
    },

    async state(userId) {
      const row = await store.find(userId);
      const recoveryCodesLeft = await store.unusedRecoveryCodes(userId);
      return { isEnabled: row?.enabledAt != null, recoveryCodesLeft };
    },
  };
}
