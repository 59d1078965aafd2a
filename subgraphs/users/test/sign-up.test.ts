import { expect } from 'vitest';
import { anonymous, signUp, test, uniqueEmail } from './users-test.ts';

const document = `mutation ($input: SignUpInput!) {
  signUp(input: $input) {
    session {
      expiresAt
      user {
        email name
        workspace { id name members { edges { node { role user { name } } } } }
        memberships { role workspace { id } }
      }
    }
    userErrors { code message field }
  }
}`;
const password = 'correct horse battery';

test('whoever signs up owns a workspace of their own, and sees all of it in the same answer', async ({
  users,
}) => {
  const email = uniqueEmail();
  const input = { email, password, name: ' Grace Hopper ', workspaceName: 'Compilers' };
  const { data, errors } = await users.query(anonymous, document, { input });
  expect(errors).toBeUndefined();
  const { session, userErrors } = data.signUp;
  expect(userErrors).toEqual([]);
  expect(Date.parse(session.expiresAt)).toBeGreaterThan(Date.now());
  expect(session.user).toEqual({
    email,
    name: 'Grace Hopper',
    workspace: {
      id: expect.any(String),
      name: 'Compilers',
      members: { edges: [{ node: { role: 'OWNER', user: { name: 'Grace Hopper' } } }] },
    },
    memberships: [{ role: 'OWNER', workspace: { id: session.user.workspace.id } }],
  });
});

test('a workspace without a name is called after its owner', async ({ users }) => {
  const input = { email: uniqueEmail(), password, name: 'Grace' };
  const { data } = await users.query(anonymous, document, { input });
  expect(data.signUp.session.user.workspace.name).toBe('Grace’s workspace');
});

test('an e-mail address opens one account, however it is written', async ({ users, database }) => {
  const { email } = await signUp(users);
  const input = { email: ` ${email.toUpperCase()} `, password, name: 'Impostor' };
  const { data } = await users.query(anonymous, document, { input });
  expect(data.signUp).toEqual({
    session: null,
    userErrors: [{ code: 'CONFLICT', message: expect.any(String), field: ['input', 'email'] }],
  });
  const { rows } = await database.pool.query(
    `SELECT count(*)::int AS workspaces FROM workspace WHERE name LIKE 'Impostor%'`,
  );
  expect(rows).toEqual([{ workspaces: 0 }]);
});

test('of simultaneous sign-ups with one address, one opens the account', async ({ users }) => {
  const input = { email: uniqueEmail(), password, name: 'Racer' };
  const answers = await Promise.all(
    Array.from({ length: 6 }, () => users.query(anonymous, document, { input })),
  );
  const codes = answers.map(({ data }) => data.signUp.userErrors[0]?.code ?? 'opened');
  expect(codes.toSorted()).toEqual([...Array(5).fill('CONFLICT'), 'opened']);
});

test.for([
  ['email', { email: 'nobody' }],
  ['email', { email: `${'a'.repeat(250)}@example.com` }],
  ['password', { password: 'elevenchars' }],
  ['password', { password: 'x'.repeat(257) }],
  ['name', { name: '  ' }],
  ['name', { name: 'x'.repeat(201) }],
  ['name', { name: 'nul \u0000 character' }],
  ['name', { name: 'half \ud800 a character' }],
  ['workspaceName', { workspaceName: '' }],
] as const)('a %s that cannot be is a user error on it: %o', async ([field, wrong], { users }) => {
  const input = { email: uniqueEmail(), password, name: 'Ada', ...wrong };
  const { data, errors } = await users.query(anonymous, document, { input });
  expect(errors).toBeUndefined();
  expect(data.signUp).toEqual({
    session: null,
    userErrors: [{ code: 'INVALID_INPUT', message: expect.any(String), field: ['input', field] }],
  });
});

test('passwords are kept as argon2id of 19 MiB and two passes', async ({ users, database }) => {
  const { id } = await signUp(users);
  const { rows } = await database.pool.query(
    'SELECT password_hash FROM user_account WHERE id = $1',
    [id],
  );
  expect(rows[0].password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('passwords and tokens do not reach the log', async ({ users }) => {
  const secret = 'a password nobody logs';
  const { accessToken } = await signUp(users, { password: secret });
  const log = await users.log();
  expect(log).toContain('listening');
  expect(log).not.toContain(secret);
  expect(log).not.toContain(accessToken);
});

test('there is no account whose opening is not in the audit log', async ({ users, database }) => {
  const email = uniqueEmail();
  const { pool } = database;
  await pool.query(`CREATE TRIGGER no_audit BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()`);
  const opened = await users
    .query(anonymous, document, { input: { email, password, name: 'Grace' } })
    .finally(() => pool.query('DROP TRIGGER no_audit ON audit_entry'));
  expect(opened.errors).toHaveLength(1);
  const { rows } = await pool.query('SELECT id FROM user_account WHERE email = $1', [email]);
  expect(rows).toEqual([]);
});
