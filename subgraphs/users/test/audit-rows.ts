import type { TestDatabase } from '@tributary/testkit';

export interface AuditRow {
  sequence: string;
  action: string;
  actorId: string | null;
  targetId: string | null;
  before: unknown;
  after: unknown;
}

/** What the audit log holds of a workspace or a person, oldest first. */
export async function entriesOf({ pool }: TestDatabase, chain: string): Promise<AuditRow[]> {
  const { rows } = await pool.query<AuditRow>(
    `SELECT sequence, action, actor_id AS "actorId", target_id AS "targetId", before, after
     FROM audit_entry WHERE chain = $1 ORDER BY sequence`,
    [chain],
  );
  return rows;
}

export const auditActions = async (database: TestDatabase, chain: string): Promise<string[]> =>
  (await entriesOf(database, chain)).map(({ action }) => action);
