import { type SubgraphProcess, startOidcProvider, startSubgraph } from '@tributary/testkit';
import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { auditActions } from './audit-rows.ts';
import { openBrowser, signInAtProvider } from './external-test.ts';
import { codeOf, complete, withMfa } from './mfa-test.ts';
import { openSession, postAuth, type SignedInAccount } from './sessions-test.ts';
import { test as base, mutate, publicUrl, signIn, signUp, uniqueEmail } from './users-test.ts';

/** One provider whose addresses are trusted, and one whose addresses are not. */
const test = base.override(
  'users',
  { scope: 'file' },
  async ({ database, redis }, { onCleanup }) => {
    const resources = new AsyncDisposableStack();
    onCleanup(() => resources.disposeAsync());
    const start = async (id: string, trustEmail: boolean) =>
      resources.use(await startOidcProvider({ id, publicUrl, trustEmail })).settings;
    const providers = await Promise.all([start('acme', true), start('stranger', false)]);
    const closed = { id: 'closed', name: 'Closed', issuer: 'http://127.0.0.1:1', clientId: 'any' };
    const environment = {
      PUBLIC_URL: publicUrl,
      OIDC_PROVIDERS: JSON.stringify([...providers, closed]),
    };
    return resources.use(await startSubgraph('users', { database, redis, environment }));
  },
);

/** Whose session a refresh cookie continues. */
async function subjectOf(users: SubgraphProcess, refreshCookie: string): Promise<string> {
  const cookie = `tributary_refresh=${refreshCookie}`;
  const { body } = await postAuth(users, 'refresh', { cookie, web: true });
  return String(decodeJwt(body.accessToken).sub);
}

const ticketFor = async (users: SubgraphProcess, ada: SignedInAccount, password = ada.password) =>
  mutate(
    users,
    { ...ada.principal, session: ada.session },
    ['startIdentityLink', 'StartIdentityLinkInput', 'ticket'],
    { provider: 'stranger', password },
  );

/** An account with the second provider as a way in; `login` is the name there. */
async function withLinked(users: SubgraphProcess) {
  const ada = await openSession(users);
  const login = uniqueEmail();
  const { ticket } = await ticketFor(users, ada);
  const at = { provider: 'stranger', body: { ticket } };
  const { page, facts } = await signInAtProvider(users, login, at);
  return { ...ada, login, page, facts, me: { ...ada.principal, session: ada.session } };
}

test('pages are told which providers there are', async ({ users }) => {
  const { data } = await users.query({ kind: 'anonymous' }, '{ signInProviders { id name } }');
  expect(data.signInProviders).toEqual([
    { id: 'acme', name: 'Acme' },
    { id: 'stranger', name: 'Stranger' },
    { id: 'closed', name: 'Closed' },
  ]);
});

test('somebody new gets an account of their own, and the same one the next time', async ({
  users,
  database,
}) => {
  const login = uniqueEmail();
  const first = await signInAtProvider(users, login, { body: { from: '/inbox?all=1' } });
  expect(first.page.pathname).toBe('/signed-in');
  expect(first.facts.get('from')).toBe('/inbox?all=1');
  const id = await subjectOf(users, first.refreshCookie);
  const again = await signInAtProvider(users, login);
  expect(await subjectOf(users, again.refreshCookie)).toBe(id);
  const { rows } = await database.pool.query(
    'SELECT email, name, email_verified_at IS NOT NULL AS verified FROM user_account WHERE id = $1',
    [id],
  );
  expect(rows).toEqual([{ email: login, name: 'Grace Hopper', verified: true }]);
  expect(await auditActions(database, id)).toEqual(['account.opened', 'identity.linked']);
});

test('an account whose address is confirmed is found by it, and its person is told by mail', async ({
  users,
  database,
  mailbox,
}) => {
  const ada = await signUp(users);
  await database.pool.query('UPDATE user_account SET email_verified_at = now() WHERE id = $1', [
    ada.id,
  ]);
  const { refreshCookie } = await signInAtProvider(users, ada.email);
  expect(await subjectOf(users, refreshCookie)).toBe(ada.id);
  await mailbox.mailTo(ada.email, /sign in with Acme/);
});

test('an account that somebody opened with an address they never confirmed is no trap for its owner', async ({
  users,
  database,
}) => {
  const trap = await signUp(users);
  const { page, facts, refreshCookie } = await signInAtProvider(users, trap.email);
  expect(page.pathname).toBe('/sign-in');
  expect(facts.get('problem')).toBe('link-first');
  expect(refreshCookie).toBe('');
  expect(await auditActions(database, trap.id)).not.toContain('identity.linked');
});

test('a way in that somebody added before the address was confirmed is none once its owner chose a password', async ({
  users,
  database,
  mailbox,
}) => {
  const trap = await withLinked(users);
  const anonymous = { kind: 'anonymous' } as const;
  const { email } = trap;
  await mutate(users, anonymous, ['requestPasswordReset', 'RequestPasswordResetInput', 'done'], {
    email,
  });
  const token = await mailbox.secretTo(email, /new password/);
  const newPassword = 'a quiet green river';
  await mutate(users, anonymous, ['resetPassword', 'ResetPasswordInput', 'done'], {
    token,
    newPassword,
  });
  const { facts, refreshCookie } = await signInAtProvider(users, trap.login, {
    provider: 'stranger',
  });
  expect(facts.get('problem')).toBe('link-first');
  expect(refreshCookie).toBe('');
  expect(await auditActions(database, trap.id)).toContain('identity.unlinked');
});

test('an address that the provider did not check, or is not trusted with, opens nothing', async ({
  users,
  database,
}) => {
  const ada = await signUp(users, { email: `unverified-${uniqueEmail()}` });
  await database.pool.query('UPDATE user_account SET email_verified_at = now() WHERE id = $1', [
    ada.id,
  ]);
  const grace = await signUp(users);
  await database.pool.query('UPDATE user_account SET email_verified_at = now() WHERE id = $1', [
    grace.id,
  ]);
  const tried = [
    signInAtProvider(users, ada.email),
    signInAtProvider(users, grace.email, { provider: 'stranger' }),
    signInAtProvider(users, `nameless-${uniqueEmail()}`),
  ];
  for (const { facts, refreshCookie } of await Promise.all(tried)) {
    expect(facts.get('problem')).toBe('link-first');
    expect(refreshCookie).toBe('');
  }
});

test('a signed-in person adds a provider with their password, and signs in there from then on', async ({
  users,
  database,
  mailbox,
}) => {
  const ada = await withLinked(users);
  expect(ada.page.pathname).toBe('/account');
  expect(ada.facts.get('linked')).toBe('yes');
  await mailbox.mailTo(ada.email, /sign in with Stranger/);
  expect(await auditActions(database, ada.id)).toContain('identity.linked');
  const { refreshCookie } = await signInAtProvider(users, ada.login, { provider: 'stranger' });
  expect(await subjectOf(users, refreshCookie)).toBe(ada.id);
  const { data } = await users.query(ada.me, '{ viewer { linkedIdentities { provider email } } }');
  expect(data.viewer.linkedIdentities).toEqual([{ provider: 'Stranger', email: ada.login }]);
});

test('adding a provider takes the password, and of those who have one a fresh second factor', async ({
  users,
}) => {
  const ada = await openSession(users);
  const wrong = await ticketFor(users, ada, 'not the password');
  expect(wrong.ticket).toBeNull();
  expect(wrong.userErrors[0].field).toEqual(['input', 'password']);
  const grace = await withMfa(users);
  const stale = { ...grace.me, mfaAt: Math.floor(Date.now() / 1000) - 16 * 60 };
  await expect(ticketFor(users, { ...grace, principal: stale })).rejects.toMatchObject({
    code: 'MFA_REQUIRED',
  });
});

test('a ticket is good once, for its provider, and not once its session is over', async ({
  users,
}) => {
  const ada = await openSession(users);
  const { ticket } = await ticketFor(users, ada);
  const browser = openBrowser(users);
  expect((await browser.leave('acme', { ticket })).status).toBe(401);
  expect((await browser.leave('stranger', { ticket })).status).toBe(401);
  const next = await ticketFor(users, ada);
  const { url } = await browser.leave('stranger', { ticket: next.ticket });
  await postAuth(users, 'sign-out', { body: { refreshToken: ada.refreshToken } });
  const { facts } = await browser.comeBack(await browser.signInAt(url, uniqueEmail()));
  expect(facts.get('problem')).toBe('expired');
});

test('what belongs to one account is not taken by another', async ({ users }) => {
  const ada = await withLinked(users);
  const mallory = await openSession(users);
  const { ticket } = await ticketFor(users, mallory);
  const at = { provider: 'stranger', body: { ticket } };
  const { facts } = await signInAtProvider(users, ada.login, at);
  expect(facts.get('problem')).toBe('taken');
  const { refreshCookie } = await signInAtProvider(users, ada.login, { provider: 'stranger' });
  expect(await subjectOf(users, refreshCookie)).toBe(ada.id);
});

test('a way that began in one browser ends in no other, and only once', async ({ users }) => {
  const [mallory, victim] = [openBrowser(users), openBrowser(users)];
  const login = uniqueEmail();
  const { url } = await mallory.leave('acme');
  const back = await mallory.signInAt(url, login);
  for (const browser of [victim, openBrowser(users)]) {
    const { facts, refreshCookie } = await browser.comeBack(back);
    expect(facts.get('problem')).toBe('expired');
    expect(refreshCookie).toBe('');
  }
  expect((await mallory.comeBack(back)).page.pathname).toBe('/signed-in');
  expect((await mallory.comeBack(back)).facts.get('problem')).toBe('expired');
});

test('an answer that is not the one to this question is refused', async ({ users }) => {
  const browser = openBrowser(users);
  const [one, two] = [await browser.leave('acme'), await browser.leave('acme')];
  const first = new URL(await browser.signInAt(one.url, uniqueEmail()));
  const second = new URL(await browser.signInAt(two.url, uniqueEmail()));
  // The code of one way with the state of the other: its verifier and nonce do not fit.
  first.searchParams.set('code', second.searchParams.get('code') ?? '');
  const { page, facts } = await browser.comeBack(first.href);
  expect(page.pathname).toBe('/sign-in');
  expect(facts.get('problem')).toBe('refused');
  const { url } = await browser.leave('acme');
  const state = new URL(url).searchParams.get('state');
  const made = `${publicUrl}/auth/external/stranger/callback?code=made-up&state=${state}`;
  expect((await browser.comeBack(made)).facts.get('problem')).toBe('expired');
});

test('a second factor is asked for after the provider, too', async ({ users }) => {
  const ada = await withMfa(users);
  const { ticket } = await ticketFor(users, {
    ...ada,
    principal: { ...ada.me, mfaAt: Math.floor(Date.now() / 1000) },
  });
  const login = uniqueEmail();
  const linked = await signInAtProvider(users, login, { provider: 'stranger', body: { ticket } });
  expect(linked.facts.get('linked')).toBe('yes');
  const { page, facts, refreshCookie } = await signInAtProvider(users, login, {
    provider: 'stranger',
  });
  expect(page.pathname).toBe('/sign-in');
  expect(refreshCookie).toBe('');
  const challenge = facts.get('challenge') ?? '';
  expect((await complete(users, challenge, '000000')).session).toBeNull();
  const { session } = await complete(users, challenge, codeOf(ada.secret, 1));
  expect(decodeJwt(session.accessToken).amr).toEqual(['fed', 'otp', 'mfa']);
});

test('a device that was remembered is known at the next sign-in', async ({ users, mailbox }) => {
  const login = uniqueEmail();
  const first = await signInAtProvider(users, login);
  expect(first.facts.get('device')).toBe('new');
  const cookie = `tributary_refresh=${first.refreshCookie}`;
  const { body } = await postAuth(users, 'refresh', { cookie, web: true });
  const { sub, sid, workspace } = decodeJwt(body.accessToken);
  const me = { kind: 'user', subject: String(sub), workspace: String(workspace) } as const;
  const principal = { ...me, roles: [], scopes: [], session: String(sid) };
  const { deviceToken } = await mutate(users, principal, ['rememberDevice', null, 'deviceToken']);
  const known = await signInAtProvider(users, login, { body: { deviceToken } });
  expect(known.facts.get('device')).toBe('known');
  const unknown = await signInAtProvider(users, login);
  expect(unknown.facts.get('device')).toBe('new');
  await mailbox.mailTo(login, /new sign-in/);
});

test('a provider is taken out again, but never the only way in', async ({ users, database }) => {
  const unlink = async (principal: Parameters<typeof users.query>[0]) => {
    const { data } = await users.query(principal, '{ viewer { linkedIdentities { id } } }');
    const [{ id }] = data.viewer.linkedIdentities;
    const document = 'mutation ($id: ID!) { unlinkIdentity(id: $id) { done userErrors { code } } }';
    return (await users.query(principal, document, { id })).data.unlinkIdentity;
  };
  const ada = await withLinked(users);
  expect((await unlink(ada.me)).done).toBe(true);
  expect(await auditActions(database, ada.id)).toContain('identity.unlinked');
  const gone = await signInAtProvider(users, ada.login, { provider: 'stranger' });
  expect(gone.facts.get('problem')).toBe('link-first');

  const { refreshCookie } = await signInAtProvider(users, uniqueEmail());
  const grace = { ...ada.me, subject: await subjectOf(users, refreshCookie) };
  expect(await unlink(grace)).toMatchObject({ done: false, userErrors: [{ code: 'CONFLICT' }] });
});

test('while a provider is away nobody is sent to it, and other ways go on', async ({ users }) => {
  expect((await openBrowser(users).leave('closed')).status).toBe(503);
  expect((await openBrowser(users).leave('acme')).status).toBe(200);
});

test("somebody else's provider can neither be seen nor taken out", async ({ users }) => {
  const ada = await withLinked(users);
  const mallory = await openSession(users);
  const own = await users.query(ada.me, '{ viewer { linkedIdentities { id } } }');
  const [{ id }] = own.data.viewer.linkedIdentities;
  const { data } = await users.query(
    mallory.principal,
    'mutation ($id: ID!) { unlinkIdentity(id: $id) { done userErrors { code } } }',
    { id },
  );
  expect(data.unlinkIdentity).toEqual({ done: false, userErrors: [{ code: 'NOT_FOUND' }] });
});

test('an account without a password has none that fits, until one is chosen by mail', async ({
  users,
  mailbox,
}) => {
  const email = uniqueEmail();
  await signInAtProvider(users, email);
  for (const password of ['', 'null', 'correct horse battery']) {
    expect((await signIn(users, { email, password })).session).toBeNull();
  }
  const anonymous = { kind: 'anonymous' } as const;
  await mutate(users, anonymous, ['requestPasswordReset', 'RequestPasswordResetInput', 'done'], {
    email,
  });
  const token = await mailbox.secretTo(email, /new password/);
  const newPassword = 'a quiet green river';
  await mutate(users, anonymous, ['resetPassword', 'ResetPasswordInput', 'done'], {
    token,
    newPassword,
  });
  expect((await signIn(users, { email, password: newPassword })).session).not.toBeNull();
});

test("another site's page cannot begin a sign-in, nor is anybody sent on to another site", async ({
  users,
}) => {
  const post = (headers: Record<string, string>, body: object) =>
    fetch(`${users.url}/auth/external/acme`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
  expect((await post({}, {})).status).toBe(403);
  const own = { 'x-tributary-client': 'web' };
  expect((await post({ ...own, 'sec-fetch-site': 'cross-site' }, {})).status).toBe(403);
  for (const from of [
    ...['//elsewhere.example.com', 'https://elsewhere.example.com', '/\\elsewhere'],
    '/\t/elsewhere.example.com',
  ]) {
    expect((await post(own, { from })).status).toBe(400);
  }
  expect(
    (await fetch(`${users.url}/auth/external/nobody`, { method: 'POST', headers: own })).status,
  ).toBe(404);
});
