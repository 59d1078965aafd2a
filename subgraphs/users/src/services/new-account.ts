import { v7 as uuid } from 'uuid';
import type { NewAccount, OwnedWorkspace } from '../stores/account-store.ts';
import type { UserRow } from '../stores/user-store.ts';

export interface AccountDetails {
  email: string;
  name: string;
  passwordHash: string | null;
  workspaceName: string;
  isDemo: boolean;
  /** Null while the address has to be confirmed. */
  emailVerifiedAt: Date | null;
}

/** A user and the workspace they own, not yet stored. */
export function newAccount({ workspaceName, ...details }: AccountDetails): NewAccount {
  const user = { id: uuid(), createdAt: new Date(), ...details };
  return { ...newWorkspace(user, workspaceName), user };
}

/** A workspace that the user is to own, not yet stored. */
export function newWorkspace(user: UserRow, name: string): OwnedWorkspace {
  const now = new Date();
  const workspace = { id: uuid(), name, createdAt: now };
  return {
    user,
    workspace,
    membership: {
      id: uuid(),
      userId: user.id,
      workspaceId: workspace.id,
      role: 'OWNER',
      customRole: null,
      joinedAt: now,
    },
  };
}
