import { randomUUID } from 'node:crypto';
import type { UserPrincipal } from '@tributary/chassis';
import type { SubgraphProcess } from '@tributary/testkit';
import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { scopesOf } from '../src/roles/scopes-of.ts';
import { entriesOf } from './audit-rows.ts';
import { type Account, anonymous, join, mutate, signUp, test, uniqueEmail } from './users-test.ts';

type Role = 'OWNER' | 'ADMIN' | 'EDITOR' | 'VIEWER';

/** An account as it speaks in a workspace with a role. */
const as = ({ id }: Account, workspace: string, role: Role): UserPrincipal => ({
  kind: 'user',
  subject: id,
  workspace,
  roles: [role],
  scopes: scopesOf({ role, customRole: null }),
});

const invite = (users: SubgraphProcess, who: UserPrincipal, email: string, role: Role) =>
  mutate(users, who, ['inviteMember', 'InviteMemberInput', 'invitation { id email role } link'], {
    email,
    role,
  });
const accept = (users: SubgraphProcess, who: UserPrincipal, token: string) =>
  mutate(
    users,
    who,
    ['acceptInvitation', 'MailedTokenInput', 'membership { role workspace { id } }'],
    { token },
  );
const changeRole = (users: SubgraphProcess, who: UserPrincipal, membershipId: string, role: Role) =>
  mutate(users, who, ['changeMemberRole', 'ChangeMemberRoleInput', 'membership { role }'], {
    membershipId,
    role,
  });
const remove = (users: SubgraphProcess, who: UserPrincipal, id: string) =>
  users.query(
    who,
    'mutation ($id: ID!) { removeMember(membershipId: $id) { done userErrors { code message } } }',
    { id },
  );

test('an invited person reads where the link leads, accepts, and belongs', async ({
  users,
  database,
  mailbox,
}) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  const { invitation } = await invite(users, ada.principal, grace.email.toUpperCase(), 'EDITOR');
  expect(invitation).toMatchObject({ email: grace.email, role: 'EDITOR' });
  const token = await mailbox.secretTo(grace.email, /invites you/);
  const { data } = await users.query(
    anonymous,
    'query ($token: String!) { invitation(token: $token) { workspaceName email role } }',
    { token },
  );
  expect(data.invitation).toEqual({
    workspaceName: 'Ada Lovelace’s workspace',
    email: grace.email,
    role: 'EDITOR',
  });
  const { membership } = await accept(users, grace.principal, token);
  expect(membership).toEqual({ role: 'EDITOR', workspace: { id: ada.workspace } });
  expect((await accept(users, grace.principal, token)).userErrors[0].code).toBe('NOT_FOUND');
  const actions = (await entriesOf(database, ada.workspace)).map(({ action }) => action);
  expect(actions).toEqual(expect.arrayContaining(['member.invited', 'member.joined']));
});

test('an invitation works for the invited address only, and not once it was withdrawn', async ({
  users,
}) => {
  const [ada, grace, mallory] = await Promise.all([signUp(users), signUp(users), signUp(users)]);
  const { invitation, link } = await invite(users, ada.principal, grace.email, 'VIEWER');
  const token = String(link).split('#token=')[1] ?? '';
  expect((await accept(users, mallory.principal, token)).userErrors[0].code).toBe('NOT_FOUND');
  const withdraw = (who: UserPrincipal) =>
    users.query(who, 'mutation ($id: ID!) { withdrawInvitation(id: $id) { done } }', {
      id: invitation.id,
    });
  expect((await withdraw(mallory.principal)).data.withdrawInvitation.done).toBe(false);
  expect((await withdraw(ada.principal)).data.withdrawInvitation.done).toBe(true);
  expect((await accept(users, grace.principal, token)).userErrors[0].code).toBe('NOT_FOUND');
});

test('nobody invites to, gives or takes a role above their own', async ({ users, database }) => {
  const [ada, grace, eve] = await Promise.all([signUp(users), signUp(users), signUp(users)]);
  const { workspace } = ada;
  const graces = await join(database, grace.id, workspace, 'ADMIN');
  const eves = await join(database, eve.id, workspace, 'VIEWER');
  const { rows } = await database.pool.query(
    'SELECT id FROM membership WHERE user_id = $1 AND workspace_id = $2',
    [ada.id, workspace],
  );
  const admin = as(grace, workspace, 'ADMIN');
  const forbidden = { code: 'FORBIDDEN' };
  await expect(invite(users, admin, uniqueEmail(), 'OWNER')).rejects.toMatchObject(forbidden);
  await expect(changeRole(users, admin, graces, 'OWNER')).rejects.toMatchObject(forbidden);
  await expect(changeRole(users, admin, rows[0].id, 'VIEWER')).rejects.toMatchObject(forbidden);
  expect((await remove(users, admin, rows[0].id)).errors?.[0]?.extensions.code).toBe('FORBIDDEN');

  const viewer = as(eve, workspace, 'VIEWER');
  await expect(changeRole(users, viewer, eves, 'ADMIN')).rejects.toMatchObject(forbidden);
  await expect(invite(users, viewer, uniqueEmail(), 'VIEWER')).rejects.toMatchObject(forbidden);
  // A token from before the person was made a viewer says more than they may.
  const stale = as(eve, workspace, 'OWNER');
  await expect(changeRole(users, stale, eves, 'OWNER')).rejects.toMatchObject(forbidden);
});

test("another workspace's members are as absent as ids that do not exist", async ({
  users,
  database,
}) => {
  const [ada, mallory] = await Promise.all([signUp(users), signUp(users)]);
  const { rows } = await database.pool.query('SELECT id FROM membership WHERE user_id = $1', [
    ada.id,
  ]);
  for (const id of [rows[0].id, randomUUID(), 'no-uuid']) {
    const { userErrors } = await changeRole(users, mallory.principal, id, 'VIEWER');
    expect(userErrors[0].code).toBe('NOT_FOUND');
    const { data } = await remove(users, mallory.principal, id);
    expect(data.removeMember).toMatchObject({ done: false, userErrors: [{ code: 'NOT_FOUND' }] });
  }
  expect(
    (await remove(users, ada.principal, rows[0].id)).data.removeMember.userErrors,
  ).toMatchObject([{ code: 'CONFLICT' }]);
});

test('more invitations at once than there are connections are all answered', async ({ users }) => {
  const ada = await signUp(users);
  const answers = await Promise.all(
    Array.from({ length: 40 }, () => invite(users, ada.principal, uniqueEmail(), 'VIEWER')),
  );
  expect(answers.filter(({ invitation }) => invitation !== null)).toHaveLength(40);
});

test('the last owner can neither leave nor be made less, of two owners either can', async ({
  users,
  database,
}) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  const leave = (who: UserPrincipal) => mutate(users, who, ['leaveWorkspace', null, 'done']);
  expect((await leave(ada.principal)).userErrors[0].code).toBe('CONFLICT');
  const graces = await join(database, grace.id, ada.workspace, 'VIEWER');
  await changeRole(users, ada.principal, graces, 'OWNER');
  const answers = await Promise.all([
    leave(ada.principal),
    leave(as(grace, ada.workspace, 'OWNER')),
  ]);
  expect(answers.filter(({ done }) => done)).toHaveLength(1);
});

test('what a member may do changes within a moment: their tokens from before are revoked', async ({
  users,
  database,
  redis,
}) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  const graces = await join(database, grace.id, ada.workspace, 'EDITOR');
  const client = new Redis(redis.url);
  const heard: unknown[] = [];
  client.on('message', (_, text) => heard.push(JSON.parse(text)));
  await client.subscribe('identity.revocations');
  await changeRole(users, ada.principal, graces, 'VIEWER');
  const revocation = {
    subject: grace.id,
    workspace: ada.workspace,
    at: expect.any(String),
  };
  await expect.poll(() => heard).toContainEqual(revocation);
  expect((await remove(users, ada.principal, graces)).data.removeMember.done).toBe(true);
  await expect.poll(() => heard.length).toBe(2);
  client.disconnect();
  expect((await entriesOf(database, ada.workspace)).slice(-2)).toMatchObject([
    { action: 'member.roleChanged', before: { role: 'EDITOR' }, after: { role: 'VIEWER' } },
    { action: 'member.removed', before: { role: 'VIEWER' } },
  ]);
});

test('administrative actions need a fresh second factor of those who have one', async ({
  users,
}) => {
  const ada = await signUp(users);
  const stale = { ...ada.principal, mfaAt: Math.floor(Date.now() / 1000) - 16 * 60 };
  const fresh = { ...ada.principal, mfaAt: Math.floor(Date.now() / 1000) - 60 };
  await expect(invite(users, stale, uniqueEmail(), 'VIEWER')).rejects.toMatchObject({
    code: 'MFA_REQUIRED',
  });
  expect((await invite(users, fresh, uniqueEmail(), 'VIEWER')).invitation).not.toBeNull();
});

test('whoever creates a workspace owns it; its name is for owners to change', async ({ users }) => {
  const ada = await signUp(users);
  const { workspace } = await mutate(
    users,
    ada.principal,
    ['createWorkspace', 'WorkspaceInput', 'workspace { id name }'],
    { name: 'Engines' },
  );
  const rename = (who: UserPrincipal) =>
    mutate(users, who, ['renameWorkspace', 'WorkspaceInput', 'workspace { name }'], {
      name: 'Analytical engines',
    });
  const owner = as(ada, workspace.id, 'OWNER');
  expect((await rename(owner)).workspace.name).toBe('Analytical engines');
  await expect(rename(as(ada, workspace.id, 'ADMIN'))).rejects.toMatchObject({ code: 'FORBIDDEN' });
});
