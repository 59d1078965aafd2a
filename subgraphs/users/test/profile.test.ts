import { createTestDatabase, createTestRedis, startSubgraph } from '@tributary/testkit';
import { expect } from 'vitest';
import { entriesOf } from './audit-rows.ts';
import { openMailbox } from './mailbox.ts';
import { openSession } from './sessions-test.ts';
import { anonymous, mutate, signIn, signUp, test, uniqueEmail } from './users-test.ts';

const verify = ['verifyEmail', 'MailedTokenInput', 'done'] as const;
const requestChange = ['requestEmailChange', 'RequestEmailChangeInput', 'done'] as const;
const confirmChange = ['confirmEmailChange', 'MailedTokenInput', 'state'] as const;

test('an address is confirmed by the link that was mailed to it, once', async ({
  users,
  mailbox,
}) => {
  const ada = await signUp(users);
  const isVerified = async () =>
    (await users.query(ada.principal, '{ viewer { isEmailVerified } }')).data.viewer
      .isEmailVerified;
  expect(await isVerified()).toBe(false);
  await mutate(users, ada.principal, ['requestEmailVerification', null, 'done']);
  const token = await mailbox.secretTo(ada.email, /Confirm your e-mail/);
  expect((await mutate(users, anonymous, [...verify], { token })).done).toBe(true);
  expect(await isVerified()).toBe(true);
  const { userErrors } = await mutate(users, anonymous, [...verify], { token });
  expect(userErrors[0].code).toBe('NOT_FOUND');
});

test('where addresses have to be confirmed, signing up answers alike for known and unknown ones', async () => {
  await using database = await createTestDatabase('users');
  await using redis = await createTestRedis();
  const environment = { SIGN_UP_VERIFICATION: 'required' };
  await using users = await startSubgraph('users', { database, redis, environment });
  await using mailbox = await openMailbox(redis.url);
  const email = uniqueEmail();
  const password = 'correct horse battery';
  const open = () =>
    mutate(
      users,
      anonymous,
      ['signUp', 'SignUpInput', 'mailSent secondFactor { challenge } session { expiresAt }'],
      { email, password, name: 'Ada' },
    );
  const unknown = await open();
  expect(unknown).toEqual({ mailSent: true, secondFactor: null, session: null, userErrors: [] });
  const token = await mailbox.secretTo(email, /Confirm/);
  expect(await signIn(users, { email, password })).toMatchObject({ mailSent: true, session: null });
  expect(await open()).toEqual(unknown);
  await mailbox.mailTo(email, /account already/);

  await mutate(users, anonymous, [...verify], { token });
  expect((await signIn(users, { email, password })).session).not.toBeNull();
});

test('an address changes once both the old and the new one have confirmed it', async ({
  users,
  database,
  mailbox,
}) => {
  const ada = await signUp(users);
  const newEmail = uniqueEmail();
  const input = { newEmail, password: ada.password };
  expect((await mutate(users, ada.principal, [...requestChange], input)).done).toBe(true);
  const [oldToken, newToken] = await Promise.all([
    mailbox.secretTo(ada.email, /change of your e-mail/),
    mailbox.secretTo(newEmail, /change of your e-mail/),
  ]);
  const confirm = (token: string) => mutate(users, anonymous, [...confirmChange], { token });
  expect((await confirm(newToken)).state).toBe('OTHER_ADDRESS_PENDING');
  expect((await signIn(users, { email: newEmail, password: ada.password })).session).toBeNull();
  expect((await confirm(newToken)).userErrors[0].code).toBe('NOT_FOUND');
  expect((await confirm(oldToken)).state).toBe('CHANGED');
  expect((await signIn(users, { email: newEmail, password: ada.password })).session).not.toBeNull();
  expect((await entriesOf(database, ada.id)).at(-1)).toMatchObject({
    action: 'account.emailChanged',
    after: { email: `${newEmail.charAt(0)}…@example.com` },
  });
});

test('changing to an address that has an account answers alike and changes nothing', async ({
  users,
  mailbox,
}) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  const input = { newEmail: grace.email, password: ada.password };
  expect((await mutate(users, ada.principal, [...requestChange], input)).done).toBe(true);
  const { link } = await mailbox.mailTo(grace.email, /account already/);
  expect(link).toBeNull();
  const token = await mailbox.secretTo(ada.email, /change of your e-mail/);
  const { state } = await mutate(users, anonymous, [...confirmChange], { token });
  expect(state).toBe('OTHER_ADDRESS_PENDING');
});

test('changing the address needs the password', async ({ users }) => {
  const ada = await signUp(users);
  const input = { newEmail: uniqueEmail(), password: 'a guess' };
  const { userErrors } = await mutate(users, ada.principal, [...requestChange], input);
  expect(userErrors[0].field).toEqual(['input', 'password']);
});

test('a new name is told to everybody who knows the old one', async ({ users, database }) => {
  const ada = await signUp(users);
  const { user } = await mutate(
    users,
    ada.principal,
    ['updateProfile', 'UpdateProfileInput', 'user { name }'],
    { name: ' Augusta Ada King ' },
  );
  expect(user).toEqual({ name: 'Augusta Ada King' });
  expect((await entriesOf(database, ada.id)).at(-1)).toMatchObject({
    action: 'account.profileChanged',
    before: { name: 'A…' },
    after: { name: 'A…' },
  });
});

test('asking for deletion signs out everywhere; signing in again takes it back', async ({
  users,
  database,
  mailbox,
}) => {
  const ada = await openSession(users);
  const { done } = await mutate(
    users,
    ada.principal,
    ['requestAccountDeletion', 'OwnPasswordInput', 'done'],
    { password: ada.password },
  );
  expect(done).toBe(true);
  await mailbox.mailTo(ada.email, /deleted/);
  const { data } = await users.query(ada.principal, '{ sessions { id } }');
  expect(data.sessions).toEqual([]);
  const requestedAt = async () =>
    (
      await database.pool.query(
        'SELECT deletion_requested_at AS at FROM user_account WHERE id = $1',
        [ada.id],
      )
    ).rows[0].at;
  expect(await requestedAt()).not.toBeNull();
  await signIn(users, ada);
  expect(await requestedAt()).toBeNull();
});

test('of others one sees neither whether their address is confirmed nor their second factor', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const grace = await signUp(users);
  await database.pool.query(
    'INSERT INTO membership (id, user_id, workspace_id, role) VALUES (gen_random_uuid(), $1, $2, $3)',
    [grace.id, ada.workspace, 'VIEWER'],
  );
  const { data } = await users.query(
    ada.principal,
    '{ workspace { members { edges { node { user { id isEmailVerified mfa { isEnabled } } } } } } }',
  );
  const members = data.workspace.members.edges.map(
    ({ node }: { node: { user: unknown } }) => node.user,
  );
  expect(members).toContainEqual({ id: grace.id, isEmailVerified: null, mfa: null });
});
