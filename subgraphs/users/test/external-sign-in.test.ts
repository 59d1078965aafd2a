import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { auditActions } from './audit-rows.ts';
import { openBrowser, signInAtProvider, subjectOf, test, ticketFor } from './external-test.ts';
import { codeOf, complete, withMfa } from './mfa-test.ts';
import { postAuth } from './sessions-test.ts';
import { mutate, publicUrl, signIn, signUp, uniqueEmail } from './users-test.ts';

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

test('while a provider is away nobody is sent to it, and other ways go on', async ({ users }) => {
  expect((await openBrowser(users).leave('closed')).status).toBe(503);
  expect((await openBrowser(users).leave('acme')).status).toBe(200);
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
