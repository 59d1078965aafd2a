import type { Accounts } from './accounts.ts';
import type { Audit } from './audit.ts';
import type { Sessions } from './sessions.ts';

/** What resolvers call. */
export interface Services {
  accounts: Accounts;
  audit: Audit;
  sessions: Sessions;
}
