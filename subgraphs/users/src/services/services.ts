import type { Accounts } from './accounts.ts';
import type { ApiClients } from './api-clients.ts';
import type { Audit } from './audit.ts';
import type { Members } from './members.ts';
import type { Mfa } from './mfa.ts';
import type { OperationViews } from './operation-views.ts';
import type { Operations } from './operations.ts';
import type { Passwords } from './passwords.ts';
import type { Profile } from './profile.ts';
import type { Sessions } from './sessions.ts';
import type { SignIns } from './sign-in.ts';
import type { Workspaces } from './workspaces.ts';

/** What resolvers call. */
export interface Services {
  accounts: Accounts;
  apiClients: ApiClients;
  audit: Audit;
  members: Members;
  mfa: Mfa;
  operations: Operations;
  operationViews: OperationViews;
  passwords: Passwords;
  profile: Profile;
  sessions: Sessions;
  signIns: SignIns;
  workspaces: Workspaces;
}
