import { expect } from 'vitest';
import { auditActions } from './audit-rows.ts';
import {
  openBrowser,
  signInAtProvider,
  subjectOf,
  test,
  ticketFor,
  withLinked,
} from './external-test.ts';
import { withMfa } from './mfa-test.ts';
import { openSession, postAuth } from './sessions-test.ts';
import { mutate, uniqueEmail } from './users-test.ts';

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
