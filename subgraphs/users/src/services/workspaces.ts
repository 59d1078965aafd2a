/** Workspaces themselves. */
import { authoriseUser, type Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { v7 as uuid } from 'uuid';
import type { Origin } from '../origin.ts';
import type { Journal } from '../stores/journal.ts';
import { insertWorkspaceRow, lockWorkspace, setWorkspaceName } from '../stores/member-changes.ts';
import type { WorkspaceRow } from '../stores/workspace-store.ts';
import { joinWorkspace } from './join-workspace.ts';
import { inWorkspace } from './notes.ts';
import type { OwnAccount } from './own-account.ts';

export interface Workspaces {
  /** A new workspace, which the person owns. */
  create(principal: Principal, name: string, origin: Origin): Promise<WorkspaceRow>;
  rename(principal: Principal, name: string, origin: Origin): Promise<WorkspaceRow>;
}

export interface WorkspacesDependencies {
  ownAccount: OwnAccount;
  journal: Journal;
}

export function createWorkspaces({ ownAccount, journal }: WorkspacesDependencies): Workspaces {
  return {
    async create(principal, name, origin) {
      const account = await ownAccount(principal);
      const row = { id: uuid(), name, createdAt: new Date() };
      const actor = { workspace: row.id, subject: account.id };
      await journal.commit(async (client) => {
        await insertWorkspaceRow(client, row);
        const place = { workspace: row.id, role: 'OWNER', customRole: null } as const;
        const { messages } = await joinWorkspace(client, account, place);
        const target = { type: 'Workspace', id: row.id };
        const entry = inWorkspace('workspace.created', actor, target, origin);
        return { messages, audit: [{ ...entry, after: { name } }] };
      });
      return row;
    },

    async rename(given, name, origin) {
      const actor = authoriseUser(given, 'workspace.change');
      const { workspace } = actor;
      const { row } = await journal.commit(async (client) => {
        const known = await lockWorkspace(client, workspace);
        if (!known) throw new TributaryError('NOT_FOUND', 'There is no such workspace.');
        await setWorkspaceName(client, workspace, name);
        const target = { type: 'Workspace', id: workspace };
        const entry = inWorkspace('workspace.renamed', actor, target, origin);
        const change = { before: { name: known.name }, after: { name } };
        return { row: { ...known, name }, audit: [{ ...entry, ...change }] };
      });
      return row;
    },
  };
}
