import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import {
  anonymous,
  join,
  signIn,
  signInMutation,
  signUp,
  test,
  uniqueEmail,
} from './users-test.ts';

test('signing in opens a session for the workspace joined first', async ({ users, database }) => {
  const { id, email, password, workspace } = await signUp(users);
  const other = await signUp(users);
  await join(database, id, other.workspace);
  const input = { email: email.toUpperCase(), password };
  const { data } = await users.query(anonymous, signInMutation, { input });
  expect(data.signIn.userErrors).toEqual([]);
  expect(data.signIn.session.user).toEqual({ id, email, workspace: { id: workspace } });
});

test('signing in to a chosen workspace gives the role one has there', async ({
  users,
  database,
}) => {
  const { id, email, password } = await signUp(users);
  const other = await signUp(users);
  await join(database, id, other.workspace, 'EDITOR');
  const input = { email, password, workspaceId: other.workspace };
  const { data } = await users.query(anonymous, signInMutation, { input });
  expect(data.signIn.session.user.workspace).toEqual({ id: other.workspace });
  const claims = decodeJwt(data.signIn.session.accessToken);
  expect(claims).toMatchObject({ workspace: other.workspace, roles: ['EDITOR'] });
  expect(claims.scopes).toContain('write:pipelines');
  expect(claims.scopes).not.toContain('write:members');
});

test('an unknown account and a wrong password are answered alike', async ({ users }) => {
  const { email } = await signUp(users);
  const answerTo = async (input: object) => users.query(anonymous, signInMutation, { input });
  const wrongPassword = await answerTo({ email, password: 'not the password' });
  const unknownAccount = await answerTo({ email: uniqueEmail(), password: 'not the password' });
  expect(wrongPassword).toEqual({
    data: {
      signIn: {
        session: null,
        userErrors: [{ code: 'UNAUTHENTICATED', message: expect.any(String), field: null }],
      },
    },
  });
  expect(unknownAccount).toEqual(wrongPassword);
});

test('what is tried on a name without an account is written down, too, and the name is not', async ({
  users,
  database,
}) => {
  const email = uniqueEmail();
  const before = await database.pool.query(
    "SELECT FROM audit_entry WHERE action = 'signIn.failed'",
  );
  await signIn(users, { email, password: 'not the password' });
  const { rows } = await database.pool.query(
    "SELECT row_to_json(audit_entry)::text AS entry FROM audit_entry WHERE action = 'signIn.failed'",
  );
  expect(rows.length).toBe((before.rowCount ?? 0) + 1);
  expect(JSON.stringify(rows)).not.toContain(email);
});

test('a wrong password does not tell which workspaces exist', async ({ users }) => {
  const { email, workspace } = await signUp(users);
  const answers = await Promise.all(
    [workspace, randomUUID(), 'no-uuid'].map((workspaceId) =>
      users.query(anonymous, signInMutation, {
        input: { email, password: 'not the password', workspaceId },
      }),
    ),
  );
  expect(answers[0]?.data.signIn.userErrors[0].code).toBe('UNAUTHENTICATED');
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
});

test("another team's workspace is as unknown as one that does not exist", async ({ users }) => {
  const { email, password } = await signUp(users);
  const stranger = await signUp(users);
  for (const workspaceId of [stranger.workspace, randomUUID(), 'no-uuid']) {
    const input = { email, password, workspaceId };
    const { data } = await users.query(anonymous, signInMutation, { input });
    expect(data.signIn).toEqual({
      session: null,
      userErrors: [
        {
          code: 'NOT_FOUND',
          message: 'You do not belong to such a workspace.',
          field: ['input', 'workspaceId'],
        },
      ],
    });
  }
});

test('two sign-ins in one request each show their own person', async ({ users }) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  const session = 'session { user { id memberships { workspace { id } } } }';
  const { data } = await users.query(
    anonymous,
    `mutation ($ada: SignInInput!, $grace: SignInInput!) {
      ada: signIn(input: $ada) { ${session} }
      grace: signIn(input: $grace) { ${session} }
    }`,
    {
      ada: { email: ada.email, password: ada.password },
      grace: { email: grace.email, password: grace.password },
    },
  );
  for (const [name, { id, workspace }] of Object.entries({ ada, grace })) {
    expect(data[name].session.user).toEqual({
      id,
      memberships: [{ workspace: { id: workspace } }],
    });
  }
});
