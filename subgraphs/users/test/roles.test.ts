import type { Principal, UserPrincipal } from '@tributary/chassis';
import type { SubgraphProcess } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { scopesOf } from '../src/roles/scopes-of.ts';
import { entriesOf } from './audit-rows.ts';
import { openSession, postAuth } from './sessions-test.ts';
import { type Account, join, mutate, signUp, test, uniqueEmail } from './users-test.ts';

const analyst = { name: 'Analyst', scopes: ['read:analytics', 'write:alerts'] };

const createRole = (users: SubgraphProcess, who: Principal, input: object = analyst) =>
  mutate(users, who, ['createRole', 'CreateRoleInput', 'role { id name scopes }'], input);
const changeRole = (users: SubgraphProcess, who: Principal, input: object) =>
  mutate(users, who, ['changeRole', 'ChangeRoleInput', 'role { id name scopes }'], input);
const give = (users: SubgraphProcess, who: Principal, membershipId: string, customRoleId: string) =>
  mutate(
    users,
    who,
    ['changeMemberRole', 'ChangeMemberRoleInput', 'membership { role customRole { name } }'],
    { membershipId, role: 'CUSTOM', customRoleId },
  );
const deleteRole = async (users: SubgraphProcess, who: Principal, id: string) => {
  const document = 'mutation ($id: ID!) { deleteRole(id: $id) { done userErrors { code } } }';
  const { data, errors } = await users.query(who, document, { id });
  if (errors) throw Object.assign(new Error(), errors[0]?.extensions);
  return data.deleteRole;
};

const asAdmin = ({ id }: Account, workspace: string): UserPrincipal => ({
  kind: 'user',
  subject: id,
  workspace,
  roles: ['ADMIN'],
  scopes: scopesOf({ role: 'ADMIN', customRole: null }),
});

test('a workspace names a role, and whoever has it may do what it says, from their next token on', async ({
  users,
  database,
}) => {
  const [ada, grace] = [await signUp(users), await openSession(users)];
  const { role } = await createRole(users, ada.principal);
  expect(role).toMatchObject(analyst);
  const membership = await join(database, grace.id, ada.workspace);
  const given = await give(users, ada.principal, membership, role.id);
  expect(given.membership).toEqual({ role: 'CUSTOM', customRole: { name: 'Analyst' } });
  const switched = await mutate(
    users,
    { ...grace.principal, session: grace.session },
    ['switchWorkspace', 'SwitchWorkspaceInput', 'session { accessToken }'],
    { workspaceId: ada.workspace },
  );
  expect(decodeJwt(switched.session.accessToken)).toMatchObject({
    roles: [`custom:${role.id}`],
    scopes: analyst.scopes,
  });
  await changeRole(users, ada.principal, { id: role.id, name: 'Reader', scopes: ['read:alerts'] });
  const { refreshToken } = grace;
  const { body } = await postAuth(users, 'refresh', { body: { refreshToken } });
  expect(decodeJwt(body.accessToken).scopes).toEqual(['read:alerts']);
});

test('a changed role revokes the tokens of whoever has it, and of nobody else', async ({
  users,
  database,
  redis,
}) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  const { role } = await createRole(users, ada.principal);
  await give(users, ada.principal, await join(database, grace.id, ada.workspace), role.id);
  const client = new Redis(redis.url);
  const heard: object[] = [];
  client.on('message', (_, text) => heard.push(JSON.parse(text)));
  await client.subscribe('identity.revocations');
  await changeRole(users, ada.principal, { ...analyst, id: role.id, scopes: ['read:alerts'] });
  const revocation = { subject: grace.id, workspace: ada.workspace, at: expect.any(String) };
  await expect.poll(() => heard).toContainEqual(revocation);
  expect(heard).not.toContainEqual(expect.objectContaining({ subject: ada.id }));
  client.disconnect();
  expect((await entriesOf(database, ada.workspace)).at(-1)).toMatchObject({
    action: 'role.changed',
    targetId: role.id,
    before: analyst,
    after: { name: 'Analyst', scopes: ['read:alerts'] },
  });
});

test('nobody puts a scope into a role that they lack, nor touches a role above their own', async ({
  users,
  database,
}) => {
  const [ada, admin] = await Promise.all([signUp(users), signUp(users)]);
  const membership = await join(database, admin.id, ada.workspace, 'ADMIN');
  const me = asAdmin(admin, ada.workspace);
  const own = { name: 'Escalation', scopes: ['write:workspace'] };
  const refused = await createRole(users, me, own);
  expect(refused).toMatchObject({ role: null, userErrors: [{ field: ['input', 'scopes'] }] });
  // A token from before they were made less is no way around, either.
  const stale = { ...me, scopes: ada.principal.scopes };
  expect((await createRole(users, stale, own)).role).toBeNull();

  const { role } = await createRole(users, ada.principal, own);
  const forbidden = { code: 'FORBIDDEN' };
  const changed = changeRole(users, me, { ...analyst, id: role.id });
  await expect(changed).rejects.toMatchObject(forbidden);
  await expect(deleteRole(users, me, role.id)).rejects.toMatchObject(forbidden);
  await expect(give(users, me, membership, role.id)).rejects.toMatchObject(forbidden);
  const invited = mutate(users, me, ['inviteMember', 'InviteMemberInput', 'invitation { id }'], {
    email: uniqueEmail(),
    role: 'CUSTOM',
    customRoleId: role.id,
  });
  await expect(invited).rejects.toMatchObject(forbidden);
});

test('somebody with a role of their own gives no more than it holds', async ({
  users,
  database,
}) => {
  const [ada, grace, joan] = await Promise.all([signUp(users), signUp(users), signUp(users)]);
  const managing = ['read:members', 'write:members', 'read:alerts'];
  const { role } = await createRole(users, ada.principal, { name: 'People', scopes: managing });
  await give(users, ada.principal, await join(database, grace.id, ada.workspace), role.id);
  const me = { ...asAdmin(grace, ada.workspace), scopes: managing } as UserPrincipal;
  const below = await createRole(users, me, { name: 'Alerts', scopes: ['read:alerts'] });
  const joans = await join(database, joan.id, ada.workspace);
  // A viewer may do more than this role.
  await expect(give(users, me, joans, below.role.id)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await give(users, ada.principal, joans, below.role.id);
  expect((await give(users, me, joans, role.id)).membership.customRole.name).toBe('People');
});

test('an invitation to a role of the workspace says its name, and gives it', async ({
  users,
  mailbox,
}) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  const { role } = await createRole(users, ada.principal);
  await mutate(users, ada.principal, ['inviteMember', 'InviteMemberInput', 'link'], {
    email: grace.email,
    role: 'CUSTOM',
    customRoleId: role.id,
  });
  const token = await mailbox.secretTo(grace.email, /invites you/);
  const shown = await users.query(
    grace.principal,
    'query ($token: String!) { invitation(token: $token) { roleName } }',
    { token },
  );
  expect(shown.data.invitation.roleName).toBe('Analyst');
  expect((await deleteRole(users, ada.principal, role.id)).userErrors).toEqual([
    { code: 'CONFLICT' },
  ]);
  const { membership } = await mutate(
    users,
    grace.principal,
    ['acceptInvitation', 'MailedTokenInput', 'membership { role customRole { name } }'],
    { token },
  );
  expect(membership).toEqual({ role: 'CUSTOM', customRole: { name: 'Analyst' } });
});

test('a role is deleted once nobody has it', async ({ users, database }) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  const { role } = await createRole(users, ada.principal);
  const membership = await join(database, grace.id, ada.workspace);
  await give(users, ada.principal, membership, role.id);
  expect((await deleteRole(users, ada.principal, role.id)).userErrors).toEqual([
    { code: 'CONFLICT' },
  ]);
  await mutate(
    users,
    ada.principal,
    ['changeMemberRole', 'ChangeMemberRoleInput', 'membership { role }'],
    { membershipId: membership, role: 'VIEWER' },
  );
  expect((await deleteRole(users, ada.principal, role.id)).done).toBe(true);
  const { data } = await users.query(ada.principal, '{ workspace { customRoles { id } } }');
  expect(data.workspace.customRoles).toEqual([]);
});

test("another workspace's roles are as absent as ids that do not exist", async ({
  users,
  database,
}) => {
  const [ada, mallory] = await Promise.all([signUp(users), signUp(users)]);
  const { role } = await createRole(users, ada.principal);
  const me = mallory.principal;
  const changed = await changeRole(users, me, { ...analyst, id: role.id });
  expect(changed.userErrors[0].code).toBe('NOT_FOUND');
  expect((await deleteRole(users, me, role.id)).userErrors).toEqual([{ code: 'NOT_FOUND' }]);
  const grace = await signUp(users);
  const membership = await join(database, grace.id, mallory.workspace);
  const given = await give(users, me, membership, role.id);
  expect(given.userErrors[0].field).toEqual(['input', 'customRoleId']);
  const document = '{ viewer { memberships { workspace { id customRoles { id } } } } }';
  await join(database, mallory.id, ada.workspace, 'OWNER');
  const { errors } = await users.query(me, document);
  expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
});

test.for([
  ['a name that is taken', { ...analyst, name: 'analyst' }, 'name', 'CONFLICT'],
  ['no scope', { name: 'Nothing', scopes: [] }, 'scopes', 'INVALID_INPUT'],
  ['a scope there is not', { name: 'Moon', scopes: ['write:moon'] }, 'scopes', 'INVALID_INPUT'],
] as const)('%s is refused, and the field is told', async ([, input, field, code], { users }) => {
  const ada = await signUp(users);
  await createRole(users, ada.principal);
  const { role, userErrors } = await createRole(users, ada.principal, input);
  expect(role).toBeNull();
  expect(userErrors[0].field.slice(0, 2)).toEqual(['input', field]);
  expect(userErrors[0].code).toBe(code);
});

test('defining roles needs a fresh second factor of those who have one', async ({ users }) => {
  const ada = await signUp(users);
  const stale = { ...ada.principal, mfaAt: Math.floor(Date.now() / 1000) - 16 * 60 };
  await expect(createRole(users, stale)).rejects.toMatchObject({ code: 'MFA_REQUIRED' });
});
