import { Redis } from 'ioredis';
import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { rotationGraceMilliseconds } from '../src/sessions/session.ts';
import { auditActions, entriesOf } from './audit-rows.ts';
import { openSession, postAuth, refreshTokenOf } from './sessions-test.ts';
import { anonymous, join, signUp, test } from './users-test.ts';

test('a refresh token is exchanged once for the next tokens, and the session goes on', async ({
  users,
}) => {
  const session = await openSession(users);
  const first = await postAuth(users, 'refresh', { body: { refreshToken: session.refreshToken } });
  expect(first.status).toBe(200);
  expect(first.body.refreshToken).not.toBe(session.refreshToken);
  expect(decodeJwt(first.body.accessToken)).toMatchObject({
    sub: session.id,
    sid: session.session,
    workspace: session.workspace,
    amr: ['pwd'],
  });
  const second = await postAuth(users, 'refresh', {
    body: { refreshToken: first.body.refreshToken },
  });
  expect(second.status).toBe(200);
  expect(second.headers.get('cache-control')).toBe('no-store');
});

test('two tabs that refresh at once with the same token both go on, with one and the same successor', async ({
  users,
}) => {
  const session = await openSession(users);
  const race = await Promise.all(
    Array.from({ length: 8 }, () =>
      postAuth(users, 'refresh', { body: { refreshToken: session.refreshToken } }),
    ),
  );
  expect(race.map(({ status }) => status)).toEqual(race.map(() => 200));
  const successors = new Set(race.map(({ body }) => body.refreshToken));
  expect(successors.size).toBe(1);
  const [refreshToken] = successors;
  expect((await postAuth(users, 'refresh', { body: { refreshToken } })).status).toBe(200);
});

test('a token that was replaced two steps ago ends the session for whoever holds it, and its person is told', async ({
  users,
  database,
}) => {
  const session = await openSession(users);
  const first = await postAuth(users, 'refresh', { body: { refreshToken: session.refreshToken } });
  const second = await postAuth(users, 'refresh', {
    body: { refreshToken: first.body.refreshToken },
  });
  const stolen = await postAuth(users, 'refresh', {
    body: { refreshToken: session.refreshToken },
  });
  expect(stolen.status).toBe(401);
  const owners = await postAuth(users, 'refresh', {
    body: { refreshToken: second.body.refreshToken },
  });
  expect(owners.status).toBe(401);
  expect(await auditActions(database, session.workspace)).toContain('session.refreshTokenReused');
  expect(await users.query(session.principal, '{ sessions { id } }')).toEqual({
    data: { sessions: [] },
  });
});

test('a token that was replaced longer ago than tabs take ends the session', async ({
  users,
  redis,
}) => {
  const session = await openSession(users);
  const first = await postAuth(users, 'refresh', { body: { refreshToken: session.refreshToken } });
  await passGrace(redis.url, session.session);
  const late = await postAuth(users, 'refresh', { body: { refreshToken: session.refreshToken } });
  expect(late.status).toBe(401);
  const { refreshToken } = first.body;
  expect((await postAuth(users, 'refresh', { body: { refreshToken } })).status).toBe(401);
});

test('a database that was away for a while is no theft: the same token goes on afterwards', async ({
  users,
  database,
  redis,
}) => {
  const { refreshToken, session } = await openSession(users);
  await database.pool.query('ALTER TABLE membership RENAME TO membership_away');
  const during = await postAuth(users, 'refresh', { body: { refreshToken } }).finally(() =>
    database.pool.query('ALTER TABLE membership_away RENAME TO membership'),
  );
  expect(during.status).toBe(500);
  await passGrace(redis.url, session);
  expect((await postAuth(users, 'refresh', { body: { refreshToken } })).status).toBe(200);
});

/** As if the last rotation, if there was one, were longer ago than two tabs take. */
async function passGrace(url: string, session: string): Promise<void> {
  const client = new Redis(url);
  const key = `identity:session:{${session}}`;
  if (await client.hexists(key, 'rotatedAt')) {
    await client.hset(key, 'rotatedAt', Date.now() - rotationGraceMilliseconds - 1);
  }
  client.disconnect();
}

test('a made-up secret with a real session id is refused and harms nobody', async ({ users }) => {
  const session = await openSession(users);
  const forged = `${session.session}.${'A'.repeat(43)}`;
  expect((await postAuth(users, 'refresh', { body: { refreshToken: forged } })).status).toBe(401);
  expect((await postAuth(users, 'sign-out', { body: { refreshToken: forged } })).status).toBe(204);
  const { refreshToken } = session;
  expect((await postAuth(users, 'refresh', { body: { refreshToken } })).status).toBe(200);
});

test.for(['', 'nonsense', 'a.b', `${'0'.repeat(36)}.x`, 'a'.repeat(201)])(
  'what is no refresh token (%s) is refused',
  async (refreshToken, { users }) => {
    const { status } = await postAuth(users, 'refresh', { body: { refreshToken } });
    expect([400, 401]).toContain(status);
  },
);

test('a session gives its first refresh token once', async ({ users }) => {
  const session = await openSession(users);
  const cookie = await postAuth(users, 'cookie', { token: session.accessToken, web: true });
  expect(cookie.status).toBe(409);
});

test('a browser gets its refresh token as a cookie that no script and no other site can use', async ({
  users,
}) => {
  const { accessToken } = await signUp(users);
  const given = await postAuth(users, 'cookie', { token: accessToken, web: true });
  expect(given.status).toBe(204);
  const attributes = given.headers.getSetCookie()[0]?.split('; ') ?? [];
  expect(attributes).toEqual(
    expect.arrayContaining(['HttpOnly', 'SameSite=Strict', 'Path=/auth', 'Secure']),
  );
  const cookie = attributes[0] ?? '';

  const refreshed = await postAuth(users, 'refresh', { cookie, web: true });
  expect(refreshed.status).toBe(200);
  expect(refreshed.body).not.toHaveProperty('refreshToken');
  expect(refreshed.headers.getSetCookie()[0]).not.toContain(cookie);
});

test("another site's page cannot refresh or sign out with a browser's cookie", async ({
  users,
}) => {
  const { accessToken } = await signUp(users);
  const given = await postAuth(users, 'cookie', { token: accessToken, web: true });
  const cookie = given.headers.getSetCookie()[0]?.split('; ')[0] ?? '';
  for (const path of ['refresh', 'sign-out']) {
    expect((await postAuth(users, path, { cookie })).status, path).toBe(403);
    const crossSite = { cookie, web: true, site: 'cross-site' };
    expect((await postAuth(users, path, crossSite)).status, path).toBe(403);
  }
  expect((await postAuth(users, 'refresh', { cookie, web: true })).status).toBe(200);
});

test('signing out ends the session and takes the cookie back', async ({ users, database }) => {
  const { accessToken, workspace, principal } = await signUp(users);
  const given = await postAuth(users, 'cookie', { token: accessToken, web: true });
  const cookie = given.headers.getSetCookie()[0]?.split('; ')[0] ?? '';
  const out = await postAuth(users, 'sign-out', { cookie, web: true });
  expect(out.status).toBe(204);
  expect(out.headers.getSetCookie()[0]).toContain('tributary_refresh=;');
  expect((await postAuth(users, 'refresh', { cookie, web: true })).status).toBe(401);
  expect((await users.query(principal, '{ sessions { id } }')).data.sessions).toEqual([]);
  expect(await auditActions(database, workspace)).toEqual(['session.began', 'session.ended']);
});

test('a person sees where they are signed in, and ends one session or all others', async ({
  users,
}) => {
  const ada = await openSession(users);
  const again = await refreshTokenOf(
    users,
    ada,
    'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  );
  await refreshTokenOf(users, ada);
  const me = { ...ada.principal, session: ada.session };
  const list = async () =>
    (await users.query(me, '{ sessions { id device isCurrent } }')).data.sessions;
  const open = await list();
  expect(open).toHaveLength(3);
  expect(open.filter((session: { isCurrent: boolean }) => session.isCurrent)).toEqual([
    expect.objectContaining({ id: ada.session }),
  ]);
  expect(open).toContainEqual(
    expect.objectContaining({ id: again.session, device: 'Firefox on Linux' }),
  );

  const end = `mutation ($id: ID!) { endSession(id: $id) { endedSessions userErrors { code } } }`;
  const ended = await users.query(me, end, { id: again.session });
  expect(ended.data.endSession).toEqual({ endedSessions: 1, userErrors: [] });
  const { refreshToken } = again;
  expect((await postAuth(users, 'refresh', { body: { refreshToken } })).status).toBe(401);

  const others = await users.query(me, 'mutation { endOtherSessions { endedSessions } }');
  expect(others.data.endOtherSessions.endedSessions).toBe(1);
  expect(await list()).toHaveLength(1);
});

test("somebody else's session can neither be seen nor ended", async ({ users }) => {
  const [ada, grace] = await Promise.all([openSession(users), openSession(users)]);
  const { data } = await users.query(
    ada.principal,
    'mutation ($id: ID!) { endSession(id: $id) { endedSessions userErrors { code } } }',
    { id: grace.session },
  );
  expect(data.endSession).toEqual({ endedSessions: 0, userErrors: [{ code: 'NOT_FOUND' }] });
  const { refreshToken } = grace;
  expect((await postAuth(users, 'refresh', { body: { refreshToken } })).status).toBe(200);
});

test('switching the workspace gives a token for it, and refreshing stays there', async ({
  users,
  database,
}) => {
  const ada = await openSession(users);
  const other = await signUp(users);
  await join(database, ada.id, other.workspace, 'EDITOR');
  const me = { ...ada.principal, session: ada.session };
  const switchTo = (workspaceId: string) =>
    users.query(
      me,
      `mutation ($input: SwitchWorkspaceInput!) {
        switchWorkspace(input: $input) { session { accessToken user { workspace { id } } } userErrors { code } }
      }`,
      { input: { workspaceId } },
    );
  const { data } = await switchTo(other.workspace);
  expect(data.switchWorkspace.session.user.workspace.id).toBe(other.workspace);
  const { refreshToken } = ada;
  const { body } = await postAuth(users, 'refresh', { body: { refreshToken } });
  expect(decodeJwt(body.accessToken)).toMatchObject({
    workspace: other.workspace,
    roles: ['EDITOR'],
  });
  const stranger = await signUp(users);
  const refused = await switchTo(stranger.workspace);
  expect(refused.data.switchWorkspace.userErrors).toEqual([{ code: 'NOT_FOUND' }]);
});

test('what a session does is told to gateways, and kept for those that start later', async ({
  users,
  redis,
}) => {
  const session = await openSession(users);
  const client = new Redis(redis.url);
  const heard: string[] = [];
  client.on('message', (_, text) => heard.push(text));
  await client.subscribe('identity.revocations');
  await postAuth(users, 'sign-out', { body: { refreshToken: session.refreshToken } });
  await expect
    .poll(() => heard.map((text) => JSON.parse(text)))
    .toContainEqual({
      subject: session.id,
      session: session.session,
      at: expect.any(String),
    });
  client.disconnect();
  const reader = new Redis(redis.url);
  const kept = await reader.zrange('identity:revocations', 0, -1);
  expect(kept).toEqual(expect.arrayContaining(heard));
  reader.disconnect();
});

test('the audit log says where a session began', async ({ users, database }) => {
  const session = await openSession(users);
  const [began] = await entriesOf(database, session.workspace);
  expect(began).toMatchObject({
    action: 'session.began',
    actorId: session.id,
    targetId: session.session,
  });
});

test('without a token nobody has sessions', async ({ users }) => {
  const { errors } = await users.query(anonymous, '{ sessions { id } }');
  expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
});
