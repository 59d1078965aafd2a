import type { SubgraphProcess } from '@tributary/testkit';
import { decodeJwt } from 'jose';
import { expect } from 'vitest';
import { auditActions } from './audit-rows.ts';
import { codeOf, complete, withMfa } from './mfa-test.ts';
import { openSession, postAuth, type SignedInAccount } from './sessions-test.ts';
import { anonymous, mutate, signIn, test } from './users-test.ts';

const challengeFor = async (users: SubgraphProcess, ada: SignedInAccount): Promise<string> =>
  (await signIn(users, ada)).secondFactor.challenge;

test('enrolment shows a QR code and a secret, and counts once a code was shown', async ({
  users,
}) => {
  const ada = await withMfa(users);
  expect(ada.enrolment.qrCode).toMatch(/^data:image\/png;base64,/);
  expect(ada.enrolment.uri).toContain(`secret=${ada.secret}`);
  expect(new Set(ada.recoveryCodes).size).toBe(10);
  const { data } = await users.query(ada.me, '{ viewer { mfa { isEnabled recoveryCodesLeft } } }');
  expect(data.viewer.mfa).toEqual({ isEnabled: true, recoveryCodesLeft: 10 });
});

test('the secret and the codes are not kept as they are', async ({ users, database }) => {
  const ada = await withMfa(users);
  const { rows } = await database.pool.query(
    `SELECT totp_secret, (SELECT json_agg(code_hash) FROM recovery_code WHERE user_id = user_account.id) AS codes
     FROM user_account WHERE id = $1`,
    [ada.id],
  );
  const kept = JSON.stringify(rows);
  expect(kept).not.toContain(ada.secret);
  for (const code of ada.recoveryCodes) expect(kept).not.toContain(code.replaceAll('-', ''));
});

test('with a second factor the password opens no session, a code does, and only once', async ({
  users,
}) => {
  const ada = await withMfa(users);
  const first = await signIn(users, ada);
  expect(first.session).toBeNull();
  const { challenge } = first.secondFactor;
  const code = codeOf(ada.secret);
  const { session } = await complete(users, challenge, code);
  const claims = decodeJwt(session.accessToken);
  expect(claims.amr).toEqual(['pwd', 'otp', 'mfa']);
  expect(Number(claims.mfa_time)).toBeGreaterThan(Date.now() / 1000 - 60);

  expect((await complete(users, challenge, code)).session).toBeNull();
  expect((await complete(users, await challengeFor(users, ada), code)).session).toBeNull();
  expect(
    (await complete(users, await challengeFor(users, ada), codeOf(ada.secret, 1))).session,
  ).not.toBeNull();
});

test('a recovery code stands in once, however it is typed', async ({ users, database }) => {
  const ada = await withMfa(users);
  const [code = ''] = ada.recoveryCodes;
  const typed = ` ${code.toUpperCase().replaceAll('-', ' ')}`;
  expect((await complete(users, await challengeFor(users, ada), typed)).session).not.toBeNull();
  expect((await complete(users, await challengeFor(users, ada), code)).session).toBeNull();
  expect(await auditActions(database, ada.id)).toContain('mfa.recoveryCodeUsed');
});

test('wrong codes are counted over all challenges of a person', async ({ users }) => {
  const ada = await withMfa(users);
  const codes: string[] = [];
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    const answer = await complete(users, await challengeFor(users, ada), '000000');
    codes.push(answer.userErrors[0].code);
  }
  expect(codes).toEqual([...Array(5).fill('UNAUTHENTICATED'), 'RATE_LIMITED']);
});

test('a made-up challenge is refused', async ({ users }) => {
  const ada = await withMfa(users);
  const { session, userErrors } = await complete(users, 'A'.repeat(43), codeOf(ada.secret));
  expect(session).toBeNull();
  expect(userErrors[0].code).toBe('UNAUTHENTICATED');
});

test('resetting the password by mail does not get around the second factor', async ({
  users,
  mailbox,
}) => {
  const ada = await withMfa(users);
  const { email } = ada;
  await mutate(users, anonymous, ['requestPasswordReset', 'RequestPasswordResetInput', 'done'], {
    email,
  });
  const token = await mailbox.secretTo(email, /new password/);
  const password = 'b7q-tram-shed';
  await mutate(users, anonymous, ['resetPassword', 'ResetPasswordInput', 'done'], {
    token,
    newPassword: password,
  });
  const answer = await signIn(users, { email, password });
  expect(answer.session).toBeNull();
  expect(answer.secondFactor).not.toBeNull();
});

test('enrolling ends the sessions that began without it, and needs the password', async ({
  users,
}) => {
  const ada = await openSession(users);
  const me = { ...ada.principal, session: ada.session };
  const { userErrors } = await mutate(
    users,
    me,
    ['startMfaEnrolment', 'OwnPasswordInput', 'enrolment { secret }'],
    { password: 'a guess' },
  );
  expect(userErrors[0].field).toEqual(['input', 'password']);
  await signIn(users, ada);
  const { enrolment } = await mutate(
    users,
    me,
    ['startMfaEnrolment', 'OwnPasswordInput', 'enrolment { secret }'],
    { password: ada.password },
  );
  await mutate(users, me, ['confirmMfaEnrolment', 'CodeInput', 'recoveryCodes'], {
    code: codeOf(enrolment.secret),
  });
  const { data } = await users.query(me, '{ sessions { isCurrent } }');
  expect(data.sessions).toEqual([{ isCurrent: true }]);
});

test('the session that enrolled has shown the factor, and is asked again once that is long ago', async ({
  users,
  database,
}) => {
  const ada = await withMfa(users);
  const { body } = await postAuth(users, 'refresh', { body: { refreshToken: ada.refreshToken } });
  const mfaAt = Number(decodeJwt(body.accessToken).mfa_time);
  expect(mfaAt).toBeGreaterThan(Date.now() / 1000 - 60);
  // The token from before enrolment says nothing of a factor.
  await database.pool.query(
    "UPDATE user_account SET totp_enabled_at = now() - interval '16 minutes' WHERE id = $1",
    [ada.id],
  );
  for (const mutation of ['disableMfa', 'replaceRecoveryCodes'] as const) {
    const fields = mutation === 'disableMfa' ? 'done' : 'recoveryCodes';
    await expect(mutate(users, ada.me, [mutation, null, fields])).rejects.toMatchObject({
      code: 'MFA_REQUIRED',
    });
  }
});

test('once it is off, no session is asked for a factor that is no more', async ({ users }) => {
  const ada = await withMfa(users);
  expect((await mutate(users, ada.me, ['disableMfa', null, 'done'])).done).toBe(true);
  const { body } = await postAuth(users, 'refresh', { body: { refreshToken: ada.refreshToken } });
  expect(decodeJwt(body.accessToken)).not.toHaveProperty('mfa_time');
});

test('turning it off needs a fresh factor; showing it again makes it fresh', async ({ users }) => {
  const ada = await withMfa(users);
  const stale = { ...ada.me, mfaAt: Math.floor(Date.now() / 1000) - 16 * 60 };
  const disable = (principal: typeof stale) =>
    mutate(users, principal, ['disableMfa', null, 'done']);
  await expect(disable(stale)).rejects.toMatchObject({ code: 'MFA_REQUIRED' });

  const { session } = await mutate(
    users,
    stale,
    ['confirmSecondFactor', 'CodeInput', 'session { accessToken }'],
    { code: codeOf(ada.secret) },
  );
  const mfaAt = Number(decodeJwt(session.accessToken).mfa_time);
  expect((await disable({ ...stale, mfaAt })).done).toBe(true);
  expect((await signIn(users, ada)).session).not.toBeNull();
});
