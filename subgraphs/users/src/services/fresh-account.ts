import { type Principal, requireFreshMfa, requireUser } from '@tributary/chassis';
import type { AccountRow } from '../stores/account-store.ts';
import type { OwnAccount } from './own-account.ts';

/**
 * The account of a person whose second factor was shown a moment ago, if they have one; in a token
 * from before enrolment, which says nothing of one, it was when they enrolled. @throws MFA_REQUIRED.
 */
export type FreshAccount = (principal: Principal) => Promise<AccountRow>;

export function createFreshAccount({ ownAccount }: { ownAccount: OwnAccount }): FreshAccount {
  return async (principal) => {
    const user = requireUser(principal);
    const account = await ownAccount(principal);
    const enabledAt = account.totpEnabledAt?.getTime();
    requireFreshMfa({ ...user, mfaAt: user.mfaAt ?? (enabledAt && enabledAt / 1000) });
    return account;
  };
}
