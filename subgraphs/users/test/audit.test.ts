import { person, type TestDatabase } from '@tributary/testkit';
import { expect } from 'vitest';
import { auditContent, auditHash } from '../src/audit/audit-hash.ts';
import { refreshTokenOf } from './sessions-test.ts';
import { type Account, join, signUp, test } from './users-test.ts';

const verifyQuery = '{ workspace { verifyAuditChain { entries isIntact firstFault } } }';
const listQuery = `query ($filter: AuditFilter, $first: Int, $after: String) {
  workspace { auditLog(filter: $filter, first: $first, after: $after) {
    edges { node { action actorId targetType address } } pageInfo { hasNextPage endCursor }
  } }
}`;

/** A workspace with some sign-ins in its log. */
async function withEntries(users: Parameters<typeof signUp>[0], count: number): Promise<Account> {
  const ada = await signUp(users);
  for (let sign = 1; sign < count; sign += 1) await refreshTokenOf(users, ada);
  return ada;
}

/** As somebody does who gets around the trigger. */
async function tamper({ pool }: TestDatabase, statement: string, values: string[]): Promise<void> {
  const client = await pool.connect();
  await client.query("SET session_replication_role = 'replica'");
  await client.query(statement, values);
  await client.query("SET session_replication_role = 'origin'");
  client.release();
}

test('the log is read page by page, the newest first, and filtered', async ({ users }) => {
  const ada = await withEntries(users, 3);
  const read = async (variables: object) =>
    (await users.query(ada.principal, listQuery, variables)).data.workspace.auditLog;
  const first = await read({ first: 2 });
  expect(first.edges).toHaveLength(2);
  const rest = await read({ first: 2, after: first.pageInfo.endCursor });
  expect(rest.edges).toHaveLength(1);
  expect(rest.pageInfo.hasNextPage).toBe(false);
  expect(rest.edges[0].node).toMatchObject({ action: 'session.began', actorId: ada.id });
  expect((await read({ filter: { actions: ['member.removed'] } })).edges).toEqual([]);
  expect((await read({ filter: { actorId: ada.id } })).edges).toHaveLength(3);
  expect((await read({ filter: { until: '2020-01-01T00:00:00Z' } })).edges).toEqual([]);
});

test('no statement changes, removes or empties the log', async ({ users, database }) => {
  const ada = await withEntries(users, 1);
  for (const statement of [
    `UPDATE audit_entry SET action = 'nothing' WHERE chain = '${ada.workspace}'`,
    `DELETE FROM audit_entry WHERE chain = '${ada.workspace}'`,
    'TRUNCATE audit_entry',
  ]) {
    await expect(database.pool.query(statement), statement).rejects.toThrow('append-only');
  }
});

test.for([
  [
    'a changed entry',
    "UPDATE audit_entry SET actor_id = 'mallory' WHERE chain = $1 AND sequence = 2",
    2,
  ],
  ['a removed entry', 'DELETE FROM audit_entry WHERE chain = $1 AND sequence = 2', 2],
  ['a cut-off end', 'DELETE FROM audit_entry WHERE chain = $1 AND sequence = 3', 3],
  ['a head that is gone', 'DELETE FROM audit_chain WHERE chain = $1', 4],
  [
    'an entry moved in time',
    "UPDATE audit_entry SET at = at - interval '1 day' WHERE chain = $1 AND sequence = 1",
    1,
  ],
] as const)(
  'whoever gets around that is found out: %s',
  async ([, statement, fault], { users, database }) => {
    const ada = await withEntries(users, 3);
    const verify = async () =>
      (await users.query(ada.principal, verifyQuery)).data.workspace.verifyAuditChain;
    expect(await verify()).toEqual({ entries: 3, isIntact: true, firstFault: null });
    await tamper(database, statement, [ada.workspace]);
    expect(await verify()).toMatchObject({ isIntact: false, firstFault: fault });
  },
);

test('a last entry that was written anew, hash and all, is found out by the head of the chain', async ({
  users,
  database,
}) => {
  const ada = await withEntries(users, 3);
  const { rows } = await database.pool.query(
    `SELECT id, chain, at, action, actor_kind AS "actorKind", actor_id AS "actorId", target_type AS "targetType",
            target_id AS "targetId", address, agent, request_id AS "requestId", before, after, hash
     FROM audit_entry WHERE chain = $1 AND sequence IN (2, 3) ORDER BY sequence`,
    [ada.workspace],
  );
  const forged = { ...rows[1], agent: 'forged' };
  const hash = auditHash(rows[0].hash, 3n, auditContent(forged));
  await tamper(
    database,
    "UPDATE audit_entry SET agent = 'forged', hash = $2 WHERE chain = $1 AND sequence = 3",
    [ada.workspace, hash],
  );
  const { data } = await users.query(ada.principal, verifyQuery);
  expect(data.workspace.verifyAuditChain).toEqual({ entries: 3, isIntact: false, firstFault: 3 });
});

test('entries written at the same time take their turns', async ({ users }) => {
  const ada = await signUp(users);
  await Promise.all(Array.from({ length: 10 }, () => refreshTokenOf(users, ada)));
  const { data } = await users.query(ada.principal, verifyQuery);
  expect(data.workspace.verifyAuditChain).toEqual({
    entries: 11,
    isIntact: true,
    firstFault: null,
  });
});

test('only those with the scope read the log, and only of the workspace they speak for', async ({
  users,
  database,
}) => {
  const ada = await withEntries(users, 1);
  const viewer = { ...ada.principal, scopes: ['read:members'] as const };
  for (const document of [listQuery, verifyQuery]) {
    const { errors } = await users.query(viewer, document);
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  }
  const grace = await signUp(users);
  await join(database, grace.id, ada.workspace);
  const { errors } = await users.query(
    person({ subject: grace.id, workspace: grace.workspace }),
    '{ viewer { memberships { workspace { auditLog { edges { node { id } } } } } } }',
  );
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});
