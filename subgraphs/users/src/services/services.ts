import type { Accounts } from './accounts.ts';
import type { ApiClients } from './api-clients.ts';
import type { Audit } from './audit.ts';
import type { CustomRoles } from './custom-roles.ts';
import type { Deletion } from './deletion.ts';
import type { EmailChange } from './email-change.ts';
import type { Entrance } from './entrance.ts';
import type { ExternalSignIns } from './external-sign-in.ts';
import type { Invitations } from './invitations.ts';
import type { LinkedIdentities } from './linked-identities.ts';
import type { Lockout } from './lockout.ts';
import type { Members } from './members.ts';
import type { Mfa } from './mfa.ts';
import type { MfaEnrolment } from './mfa-enrolment.ts';
import type { OperationViews } from './operation-views.ts';
import type { Operations } from './operations.ts';
import type { OwnSession } from './own-session.ts';
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
  customRoles: CustomRoles;
  deletion: Deletion;
  emailChange: EmailChange;
  entrance: Entrance;
  externalSignIns: ExternalSignIns;
  invitations: Invitations;
  linkedIdentities: LinkedIdentities;
  lockout: Lockout;
  members: Members;
  mfa: Mfa;
  mfaEnrolment: MfaEnrolment;
  ownSession: OwnSession;
  operations: Operations;
  operationViews: OperationViews;
  passwords: Passwords;
  profile: Profile;
  sessions: Sessions;
  signIns: SignIns;
  workspaces: Workspaces;
}
