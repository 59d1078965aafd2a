import {
  createRowLoader,
  createRowsLoader,
  type Page,
  type Principal,
  requireKnown,
} from '@tributary/chassis';
import DataLoader from 'dataloader';
import type { ApiClientStore, ApiKeyRow } from './api-client-store.ts';
import type { MembershipRow } from './membership-row.ts';
import type { MembershipStore } from './membership-store.ts';
import type { UserRow, UserStore } from './user-store.ts';
import type { WorkspaceRow, WorkspaceStore } from './workspace-store.ts';

export interface Stores {
  users: UserStore;
  workspaces: WorkspaceStore;
  memberships: MembershipStore;
  apiClients: ApiClientStore;
}

export interface Loaders {
  users: DataLoader<string, UserRow | null>;
  workspaces: DataLoader<string, WorkspaceRow | null>;
  memberships: DataLoader<string, MembershipRow | null>;
  membershipsByUser: DataLoader<string, MembershipRow[]>;
  keysByClient: DataLoader<string, ApiKeyRow[]>;
  /** Pages of the principal's workspace. */
  members: DataLoader<Page, MembershipRow[], string>;
}

/**
 * One request's loaders, bound to what its principal may see: whatever id they are asked for,
 * nothing of another workspace comes back, and for an anonymous principal they reject.
 */
export function createLoaders(stores: Stores, principal: Principal): Loaders {
  const { users, workspaces, memberships, apiClients } = stores;
  const seer = () => requireKnown(principal);
  return {
    users: createRowLoader((ids) => users.findVisible(seer().workspace, seer().subject, ids), idOf),
    workspaces: createRowLoader(
      (ids) => workspaces.findVisible(seer().workspace, seer().subject, ids),
      idOf,
    ),
    memberships: createRowLoader((ids) => memberships.findByIds(seer().workspace, ids), idOf),
    membershipsByUser: createRowsLoader(
      (ids) => memberships.findByUsers(seer().workspace, seer().subject, ids),
      ({ userId }) => userId,
    ),
    keysByClient: createRowsLoader(
      (ids) => apiClients.keysOf(seer().workspace, ids),
      ({ clientId }) => clientId,
    ),
    members: new DataLoader(
      (pages) => Promise.all(pages.map((page) => memberships.list(seer().workspace, page))),
      { cacheKeyFn: (page) => JSON.stringify(page) },
    ),
  };
}

const idOf = ({ id }: { id: string }): string => id;
