/** Who is who, as far as a principal may know: its own account, and the members of its workspace. */
import {
  authorise,
  type Connection,
  meetsPolicy,
  type Principal,
  requireKnown,
  toConnection,
  toPage,
} from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { ApiKeyRow } from '../stores/api-client-store.ts';
import type { Loaders } from '../stores/loaders.ts';
import type { MembershipRow } from '../stores/membership-row.ts';
import type { UserRow } from '../stores/user-store.ts';
import type { WorkspaceRow } from '../stores/workspace-store.ts';

/** Who asks, and the loaders bound to what they may see. */
export interface Caller {
  principal: Principal;
  loaders: Loaders;
}

/** The signed-in person; null for anonymous principals and closed accounts. */
export async function findViewer({ principal, loaders }: Caller): Promise<UserRow | null> {
  return principal.kind === 'user' ? loaders.users.load(principal.subject) : null;
}

/** The workspace the principal speaks for; null for anonymous principals. */
export async function findOwnWorkspace({
  principal,
  loaders,
}: Caller): Promise<WorkspaceRow | null> {
  return principal.kind === 'anonymous' ? null : loaders.workspaces.load(principal.workspace);
}

/** Oneself or a member of the workspace; null for everybody else. */
export async function findUser({ principal, loaders }: Caller, id: string) {
  authoriseFor(principal, id);
  return loaders.users.load(id);
}

/** The workspace the principal speaks for; null for every other id. */
export async function findWorkspace({ principal, loaders }: Caller, id: string) {
  const { workspace } = requireKnown(principal);
  return id === workspace ? loaders.workspaces.load(id) : null;
}

/** A membership of the workspace; null for every other id. */
export async function findMembership({ principal, loaders }: Caller, id: string) {
  authorise(principal, 'member.read');
  return loaders.memberships.load(id);
}

/** All of one's own memberships; of another person's only the one of the shared workspace. */
export async function listMemberships(
  { principal, loaders }: Caller,
  userId: string,
): Promise<MembershipRow[]> {
  authoriseFor(principal, userId);
  return loaders.membershipsByUser.load(userId);
}

/** The keys of one of the workspace's API clients, the newest first. */
export async function listKeys(
  { principal, loaders }: Caller,
  clientId: string,
): Promise<ApiKeyRow[]> {
  authorise(principal, 'apiClient.read');
  return loaders.keysByClient.load(clientId);
}

/** The workspace of a membership that the principal can see. */
export async function findWorkspaceOf({ principal, loaders }: Caller, membership: MembershipRow) {
  requireKnown(principal);
  return loaders.workspaces.load(membership.workspaceId);
}

/**
 * A page of the members of the workspace the principal speaks for.
 * @throws FORBIDDEN for another one, which a person can see through a membership of their own:
 * the token's scopes say nothing about it.
 */
export async function listMembers(
  { principal, loaders }: Caller,
  workspaceId: string,
  request: { first: number; after?: string | null },
): Promise<Connection<MembershipRow>> {
  const { workspace } = authorise(principal, 'member.read');
  if (workspaceId !== workspace) {
    throw new TributaryError('FORBIDDEN', 'Sign in to this workspace to see its members.');
  }
  const page = toPage(request);
  const rows = await loaders.members.load(page);
  return toConnection(rows, page, ({ joinedAt, id }) => ({ time: joinedAt, id }));
}

/** Oneself needs no scope, other members do. */
function authoriseFor(principal: Principal, userId: string): void {
  requireKnown(principal);
  if (!meetsPolicy(principal, 'own-record', { owner: userId })) authorise(principal, 'member.read');
}
