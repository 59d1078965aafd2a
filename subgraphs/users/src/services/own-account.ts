import { type Principal, requireUser } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { AccountRow, AccountStore } from '../stores/account-store.ts';

/** The account of the person who asks. @throws UNAUTHENTICATED for anybody without one, FORBIDDEN for API clients. */
export type OwnAccount = (principal: Principal) => Promise<AccountRow>;

export function createOwnAccount({ accounts }: { accounts: AccountStore }): OwnAccount {
  return async (principal) => {
    const account = await accounts.findById(requireUser(principal).subject);
    if (account) return account;
    throw new TributaryError('UNAUTHENTICATED', 'There is no such account any more.');
  };
}
