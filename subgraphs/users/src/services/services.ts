import type { Accounts } from './accounts.ts';
import type { Sessions } from './sessions.ts';

/** What resolvers call. */
export interface Services {
  accounts: Accounts;
  sessions: Sessions;
}
