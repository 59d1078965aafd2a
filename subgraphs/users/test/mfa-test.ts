import type { SubgraphProcess } from '@tributary/testkit';
import { generateSync } from 'otplib';
import { openSession } from './sessions-test.ts';
import { anonymous, mutate } from './users-test.ts';

/** Codes of now and of the next step, which is accepted too; each is good once. */
export const codeOf = (secret: string, step = 0) =>
  generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + step * 30 });

/** An account with a second factor, in the session that turned it on. */
export async function withMfa(users: SubgraphProcess) {
  const ada = await openSession(users);
  const me = { ...ada.principal, session: ada.session };
  const { enrolment } = await mutate(
    users,
    me,
    ['startMfaEnrolment', 'OwnPasswordInput', 'enrolment { secret uri qrCode }'],
    { password: ada.password },
  );
  const { recoveryCodes } = await mutate(
    users,
    me,
    ['confirmMfaEnrolment', 'CodeInput', 'recoveryCodes'],
    { code: codeOf(enrolment.secret, -1) },
  );
  return { ...ada, me, enrolment, recoveryCodes, secret: String(enrolment.secret) };
}

export const complete = (users: SubgraphProcess, challenge: string, code: string) =>
  mutate(users, anonymous, ['completeSignIn', 'CompleteSignInInput', 'session { accessToken }'], {
    challenge,
    code,
  });
