import { hash as argon2 } from '@node-rs/argon2';
import { hash } from '@node-rs/bcrypt';
import { expect, onTestFinished } from 'vitest';
import { replaceOutdatedHash, setPasswordHash } from '../src/stores/account-changes.ts';
import { auditActions } from './audit-rows.ts';
import { openSession, postAuth } from './sessions-test.ts';
import { anonymous, mutate, signIn, signUp, test, uniqueEmail } from './users-test.ts';

const newPassword = 'another long secret';
const requestReset = ['requestPasswordReset', 'RequestPasswordResetInput', 'done'] as const;
const reset = ['resetPassword', 'ResetPasswordInput', 'done'] as const;
const change = ['changePassword', 'ChangePasswordInput', 'done'] as const;

test('a forgotten password is replaced by mail, once, and every session ends', async ({
  users,
  database,
  mailbox,
}) => {
  const ada = await openSession(users);
  const { email } = ada;
  expect((await mutate(users, anonymous, [...requestReset], { email })).done).toBe(true);
  const token = await mailbox.secretTo(email, /new password/);
  expect(await mutate(users, anonymous, [...reset], { token, newPassword })).toEqual({
    done: true,
    userErrors: [],
  });
  const { refreshToken } = ada;
  expect((await postAuth(users, 'refresh', { body: { refreshToken } })).status).toBe(401);
  expect((await signIn(users, ada)).session).toBeNull();
  expect((await signIn(users, { email, password: newPassword })).session).not.toBeNull();
  const again = await mutate(users, anonymous, [...reset], {
    token,
    newPassword: 'yet another one!',
  });
  expect(again.userErrors[0]).toMatchObject({ code: 'NOT_FOUND', field: ['input', 'token'] });
  expect(await auditActions(database, ada.id)).toEqual(
    expect.arrayContaining(['password.resetRequested', 'password.reset']),
  );
});

test('of two who use the same link at once, one gets through', async ({ users, mailbox }) => {
  const { email } = await signUp(users);
  await mutate(users, anonymous, [...requestReset], { email });
  const token = await mailbox.secretTo(email, /new password/);
  const answers = await Promise.all(
    ['first long secret', 'second long secret'].map((password) =>
      mutate(users, anonymous, [...reset], { token, newPassword: password }),
    ),
  );
  expect(answers.filter(({ done }) => done)).toHaveLength(1);
});

test('a link that is older than half an hour is over', async ({ users, database, mailbox }) => {
  const { email, id } = await signUp(users);
  await mutate(users, anonymous, [...requestReset], { email });
  const token = await mailbox.secretTo(email, /new password/);
  await database.pool.query(
    "UPDATE one_time_token SET expires_at = expires_at - interval '30 minutes' WHERE user_id = $1",
    [id],
  );
  const { userErrors } = await mutate(users, anonymous, [...reset], { token, newPassword });
  expect(userErrors[0].code).toBe('NOT_FOUND');
});

test('asking for a new password does not tell who has an account, and mails a person five times an hour at most', async ({
  users,
  mailbox,
}) => {
  const { email } = await signUp(users);
  const known = await mutate(users, anonymous, [...requestReset], { email });
  const unknown = await mutate(users, anonymous, [...requestReset], { email: uniqueEmail() });
  expect(unknown).toEqual(known);
  for (let time = 1; time <= 8; time += 1) {
    await mutate(users, anonymous, [...requestReset], { email });
  }
  await expect.poll(() => mailbox.count(email)).toBe(5);
});

test('a sign-in that began with the old password opens nothing once there is a new one', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  // On a new device, which is noted before the session begins.
  await signIn(users, ada);
  const changing = await database.pool.connect();
  onTestFinished(() => changing.release(true));
  await changing.query('BEGIN');
  await changing.query('SELECT FROM audit_chain WHERE chain = $1 FOR UPDATE', [ada.id]);
  const underWay = signIn(users, ada);
  const waiting = async () =>
    (
      await changing.query(
        "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
      )
    ).rowCount;
  await expect.poll(waiting).toBe(1);
  await setPasswordHash(changing, ada.id, await argon2('another secret'));
  await changing.query('COMMIT');
  const { session, userErrors } = await underWay;
  expect(session).toBeNull();
  expect(userErrors[0].code).toBe('UNAUTHENTICATED');
});

test('bringing a hash to today’s form does not undo a change of the password', async ({
  users,
  database,
}) => {
  const { id, ...ada } = await signUp(users);
  const client = await database.pool.connect();
  onTestFinished(() => client.release());
  await replaceOutdatedHash(client, id, { outdated: 'what it was', current: 'what it would be' });
  expect((await signIn(users, ada)).session).not.toBeNull();
});

test('changing the password asks for the old one and ends the other sessions', async ({
  users,
}) => {
  const ada = await openSession(users);
  const me = { ...ada.principal, session: ada.session };
  const other = (await signIn(users, ada)).session;
  expect(other).not.toBeNull();
  const refused = await mutate(users, me, [...change], { currentPassword: 'a guess', newPassword });
  expect(refused.userErrors).toEqual([
    { code: 'INVALID_INPUT', message: 'is not your password', field: ['input', 'currentPassword'] },
  ]);
  const { done } = await mutate(users, me, [...change], {
    currentPassword: ada.password,
    newPassword,
  });
  expect(done).toBe(true);
  const { data } = await users.query(me, '{ sessions { isCurrent } }');
  expect(data.sessions).toEqual([{ isCurrent: true }]);
});

test.for<[string, string]>([
  ['short', 'at least 12'],
  ['password123456', 'guessed first'],
  ['ada lovelace', 'name or e-mail'],
])('a weak password (%s) is refused at sign-up', async ([password, reason], { users }) => {
  const input = { email: uniqueEmail(), password, name: 'Ada Lovelace' };
  const { userErrors } = await mutate(
    users,
    anonymous,
    ['signUp', 'SignUpInput', 'session { expiresAt }'],
    input,
  );
  expect(userErrors).toEqual([
    {
      code: 'INVALID_INPUT',
      message: expect.stringContaining(reason),
      field: ['input', 'password'],
    },
  ]);
});

test('a bcrypt hash from elsewhere verifies, and is replaced by argon2id at the first sign-in', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const read = async () =>
    (
      await database.pool.query('SELECT password_hash AS hash FROM user_account WHERE id = $1', [
        ada.id,
      ])
    ).rows[0].hash;
  const imported = await hash('imported secret', { cost: 12 });
  await database.pool.query('UPDATE user_account SET password_hash = $2 WHERE id = $1', [
    ada.id,
    imported,
  ]);
  const { email } = ada;
  expect((await signIn(users, { email, password: 'not the secret' })).session).toBeNull();
  expect(await read()).toBe(imported);
  expect((await signIn(users, { email, password: 'imported secret' })).session).not.toBeNull();
  expect(await read()).toMatch(/^\$argon2id\$/);
  expect((await signIn(users, { email, password: 'imported secret' })).session).not.toBeNull();
});
