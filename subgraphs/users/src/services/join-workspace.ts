import type { OutboxMessage } from '@tributary/outbox';
import type { PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { memberChangedMessage } from '../announce/member-changed.ts';
import type { AccountRow } from '../stores/account-store.ts';
import { findMember, insertMember } from '../stores/member-changes.ts';
import type { MembershipRow } from '../stores/membership-row.ts';

/** Adds somebody who is no member yet, with what tells others; who is one stays what they are. */
export async function joinWorkspace(
  client: PoolClient,
  account: AccountRow,
  place: { workspace: string } & Pick<MembershipRow, 'role' | 'customRole'>,
): Promise<{ member: MembershipRow; messages: OutboxMessage[] }> {
  const { workspace, role, customRole } = place;
  const known = await findMember(client, workspace, { userId: account.id });
  if (known) return { member: known, messages: [] };
  const at = new Date();
  const granted = { role, customRole, joinedAt: at };
  const member = { id: uuid(), userId: account.id, workspaceId: workspace, ...granted };
  await insertMember(client, member);
  return { member, messages: [memberChangedMessage({ workspace, user: account, at })] };
}
