import type { Role } from '@tributary/prisma/users';
import type { ClientBase, Pool } from 'pg';
import { hashSecret } from '../credentials/secret.ts';
import { type CustomRoleRow, customRoleColumn } from './custom-role-store.ts';

export interface InvitationRow {
  id: string;
  workspaceId: string;
  email: string;
  role: Role;
  /** Set when the role is CUSTOM. */
  customRole: CustomRoleRow | null;
  invitedById: string;
  createdAt: Date;
  expiresAt: Date;
}

const columns = `id, workspace_id AS "workspaceId", email, role, invited_by_id AS "invitedById",
  ${customRoleColumn('invitation')}, created_at AS "createdAt", expires_at AS "expiresAt"`;
const isOpen = 'accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > now()';

export interface InvitationStore {
  /** Those that can still be accepted, the newest first; so many at most. */
  listOpen(workspace: string): Promise<InvitationRow[]>;
  /** By the secret of its link, while it can be accepted. */
  findOpen(secret: string): Promise<InvitationRow | undefined>;
}

const mostShown = 100;

export function createInvitationStore({ pool }: { pool: Pool }): InvitationStore {
  return {
    async listOpen(workspace) {
      const { rows } = await pool.query<InvitationRow>(
        `SELECT ${columns} FROM invitation WHERE workspace_id = $1 AND ${isOpen}
         ORDER BY created_at DESC, id DESC LIMIT ${mostShown}`,
        [workspace],
      );
      return rows;
    },
    async findOpen(secret) {
      const { rows } = await pool.query<InvitationRow>(
        `SELECT ${columns} FROM invitation WHERE token_hash = $1 AND ${isOpen}`,
        [hashSecret(secret)],
      );
      return rows[0];
    },
  };
}

/** A new invitation replaces an open one of the same person. */
export async function insertInvitation(
  client: ClientBase,
  invitation: InvitationRow,
  secret: string,
): Promise<void> {
  await client.query(
    `UPDATE invitation SET withdrawn_at = now() WHERE workspace_id = $1 AND email = $2 AND ${isOpen}`,
    [invitation.workspaceId, invitation.email],
  );
  await client.query(
    `INSERT INTO invitation (id, workspace_id, email, role, custom_role_id, invited_by_id, created_at, expires_at,
                             token_hash)
     VALUES ($1, $2, $3, $4::role, $5, $6, $7, $8, $9)`,
    [
      invitation.id,
      invitation.workspaceId,
      invitation.email,
      invitation.role,
      invitation.customRole?.id ?? null,
      invitation.invitedById,
      invitation.createdAt,
      invitation.expiresAt,
      hashSecret(secret),
    ],
  );
}

/** The first who asks gets it, if it is for this address. */
export async function takeInvitation(
  client: ClientBase,
  secret: string,
  email: string,
): Promise<InvitationRow | undefined> {
  const { rows } = await client.query<InvitationRow>(
    `UPDATE invitation SET accepted_at = now()
     WHERE token_hash = $1 AND email = $2 AND ${isOpen} RETURNING ${columns}`,
    [hashSecret(secret), email],
  );
  return rows[0];
}

export async function withdrawInvitation(
  client: ClientBase,
  workspace: string,
  id: string,
): Promise<InvitationRow | undefined> {
  const { rows } = await client.query<InvitationRow>(
    `UPDATE invitation SET withdrawn_at = now()
     WHERE workspace_id = $1 AND id::text = $2 AND ${isOpen} RETURNING ${columns}`,
    [workspace, id],
  );
  return rows[0];
}
