import { type Page, type Principal, requireUser } from '@tributary/chassis';
import DataLoader from 'dataloader';
import { validate as isUuid } from 'uuid';
import { inOrderOf } from './in-order-of.ts';
import type { MembershipRow, MembershipStore } from './membership-store.ts';
import type { UserRow, UserStore } from './user-store.ts';
import type { WorkspaceRow, WorkspaceStore } from './workspace-store.ts';

export interface Stores {
  users: UserStore;
  workspaces: WorkspaceStore;
  memberships: MembershipStore;
}

export interface Loaders {
  users: DataLoader<string, UserRow | null>;
  workspaces: DataLoader<string, WorkspaceRow | null>;
  memberships: DataLoader<string, MembershipRow | null>;
  membershipsByUser: DataLoader<string, MembershipRow[]>;
  /** Pages of the principal's workspace. */
  members: DataLoader<Page, MembershipRow[], string>;
}

/**
 * One request's loaders, bound to what its principal may see: whatever id they are asked for,
 * nothing of another workspace comes back, and for an anonymous principal they reject.
 */
export function createLoaders(stores: Stores, principal: Principal): Loaders {
  const { users, workspaces, memberships } = stores;
  const seer = () => requireUser(principal);
  return {
    users: byId((ids) => users.findVisible(seer().workspace, seer().subject, ids)),
    workspaces: byId((ids) => workspaces.findVisible(seer().workspace, seer().subject, ids)),
    memberships: byId((ids) => memberships.findByIds(seer().workspace, ids)),
    membershipsByUser: new DataLoader(async (ids) => {
      const rows = await memberships.findByUsers(seer().workspace, seer().subject, ids);
      const byUser = Map.groupBy(rows, (row) => row.userId);
      return ids.map((id) => byUser.get(id) ?? []);
    }),
    members: new DataLoader(
      (pages) => Promise.all(pages.map((page) => memberships.list(seer().workspace, page))),
      { cacheKeyFn: (page) => JSON.stringify(page) },
    ),
  };
}

/** An id that is no UUID belongs to nothing, which PostgreSQL would call an error. */
function byId<Row extends { id: string }>(find: (ids: readonly string[]) => Promise<Row[]>) {
  return new DataLoader<string, Row | null>(async (ids) =>
    inOrderOf(ids, await find(ids.filter((id) => isUuid(id)))),
  );
}
