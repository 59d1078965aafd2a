/** Accounts as such, before anybody speaks for a workspace: the one store without a workspace to keep to. */
import { transaction } from '@tributary/chassis';
import { enqueue } from '@tributary/outbox';
import type { ClientBase, Pool, PoolClient } from 'pg';
import { memberChangedMessage } from '../announce/member-changed.ts';
import type { MembershipRow } from './membership-row.ts';
import type { UserRow } from './user-store.ts';
import type { WorkspaceRow } from './workspace-store.ts';

export interface AccountRow extends UserRow {
  /** Null without a password: its person signs in at a provider only. */
  passwordHash: string | null;
  isDemo: boolean;
  deletionRequestedAt: Date | null;
  /** Null without a second factor. */
  totpEnabledAt: Date | null;
  /** The workspace joined first; null when the person has left all. */
  homeWorkspace: string | null;
}

/** An account as it is opened. */
export type NewUser = Omit<AccountRow, 'deletionRequestedAt' | 'totpEnabledAt' | 'homeWorkspace'>;

/** A workspace with the one who owns it. */
export interface OwnedWorkspace {
  user: UserRow;
  workspace: WorkspaceRow;
  membership: MembershipRow;
}

export interface NewAccount extends OwnedWorkspace {
  user: NewUser;
}

export interface AccountStore {
  /** Within a transaction its `client` is given: who waits for a second connection holds up the pool. */
  findByEmail(email: string, client?: ClientBase): Promise<AccountRow | undefined>;
  findById(id: string, client?: ClientBase): Promise<AccountRow | undefined>;
  /** Writes all of it and its announcement, or nothing: false when the e-mail has an account. */
  create(account: NewAccount): Promise<boolean>;
  /** Gives a user a workspace unless one of that name is theirs; of several callers at once, one does. */
  ensureWorkspace(owned: OwnedWorkspace): Promise<void>;
  replacePasswordHash(id: string, passwordHash: string): Promise<void>;
  holdsDemo(): Promise<boolean>;
}

export function createAccountStore({ pool }: { pool: Pool }): AccountStore {
  /** Prepared once a connection, as what every sign-in asks is. */
  async function findOne(
    column: 'id' | 'email',
    value: string,
    client: ClientBase | Pool = pool,
  ): Promise<AccountRow | undefined> {
    const { rows } = await client.query<AccountRow>({
      name: `account-by-${column}`,
      text: `SELECT id, email, name, created_at AS "createdAt", password_hash AS "passwordHash", is_demo AS "isDemo",
                    email_verified_at AS "emailVerifiedAt", deletion_requested_at AS "deletionRequestedAt",
                    totp_enabled_at AS "totpEnabledAt",
                    (SELECT workspace_id FROM membership WHERE user_id = user_account.id
                     ORDER BY joined_at, id LIMIT 1) AS "homeWorkspace"
             FROM user_account WHERE ${column} = $1`,
      values: [value],
    });
    return rows[0];
  }

  return {
    findByEmail: (email, client) => findOne('email', email, client),
    findById: (id, client) => findOne('id', id, client),
    create: (account) => transaction(pool, (client) => insertAccount(client, account)),
    ensureWorkspace: (owned) =>
      transaction(pool, async (client) => {
        if (await ownsWorkspace(client, owned)) return;
        await insertWorkspace(client, owned);
      }),
    async replacePasswordHash(id, passwordHash) {
      await pool.query('UPDATE user_account SET password_hash = $2 WHERE id = $1', [
        id,
        passwordHash,
      ]);
    },
    async holdsDemo() {
      const { rowCount } = await pool.query('SELECT FROM user_account WHERE is_demo LIMIT 1');
      return rowCount === 1;
    },
  };
}

/** As `create`, in the caller's transaction. */
export async function insertAccount(client: PoolClient, account: NewAccount): Promise<boolean> {
  const isNew = await insertUser(client, account.user);
  if (isNew) await insertWorkspace(client, account);
  return isNew;
}

async function insertUser(client: PoolClient, user: NewUser): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO user_account (id, email, name, password_hash, is_demo, created_at, email_verified_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (email) DO NOTHING`,
    [
      user.id,
      user.email,
      user.name,
      user.passwordHash,
      user.isDemo,
      user.createdAt,
      user.emailVerifiedAt,
    ],
  );
  return rowCount === 1;
}

async function insertWorkspace(client: PoolClient, owned: OwnedWorkspace): Promise<void> {
  const { user, workspace, membership } = owned;
  await client.query('INSERT INTO workspace (id, name, created_at) VALUES ($1, $2, $3)', [
    workspace.id,
    workspace.name,
    workspace.createdAt,
  ]);
  await client.query(
    'INSERT INTO membership (id, user_id, workspace_id, role, joined_at) VALUES ($1, $2, $3, $4, $5)',
    [membership.id, user.id, workspace.id, membership.role, membership.joinedAt],
  );
  const at = membership.joinedAt;
  await enqueue(client, [memberChangedMessage({ workspace: workspace.id, user, at })]);
}

/** Locks the user until the transaction ends, so that two callers look one after the other. */
async function ownsWorkspace(client: PoolClient, owned: OwnedWorkspace): Promise<boolean> {
  await client.query('SELECT FROM user_account WHERE id = $1 FOR UPDATE', [owned.user.id]);
  const { rowCount } = await client.query(
    `SELECT FROM membership JOIN workspace ON workspace.id = membership.workspace_id
     WHERE membership.user_id = $1 AND membership.role = 'OWNER' AND workspace.name = $2 LIMIT 1`,
    [owned.user.id, owned.workspace.name],
  );
  return rowCount === 1;
}
