import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { auditActions } from './audit-rows.ts';
import { anonymous, mutate, signIn, signUp, test, uniqueEmail } from './users-test.ts';

const wrong = 'not the password';
const codeOf = (payload: { userErrors: { code: string }[] }) => payload.userErrors[0]?.code;

test('from one address five wrong passwords are looked at, then even the right one is not', async ({
  users,
}) => {
  const ada = await signUp(users);
  const address = randomUUID();
  const codes: (string | undefined)[] = [];
  for (const password of [wrong, wrong, wrong, wrong, wrong, ada.password]) {
    codes.push(codeOf(await signIn(users, { email: ada.email, password }, address)));
  }
  expect(codes).toEqual([...Array(5).fill('UNAUTHENTICATED'), 'RATE_LIMITED']);
  expect((await signIn(users, ada)).session).not.toBeNull();
});

test('a name without an account is counted alike, so that limits tell nothing', async ({
  users,
}) => {
  const email = uniqueEmail();
  const address = randomUUID();
  const codes: (string | undefined)[] = [];
  for (let attempt = 1; attempt <= 6; attempt += 1) {
    codes.push(codeOf(await signIn(users, { email, password: wrong }, address)));
  }
  expect(codes).toEqual([...Array(5).fill('UNAUTHENTICATED'), 'RATE_LIMITED']);
});

test('many guesses at once are no way around', async ({ users }) => {
  const ada = await signUp(users);
  const address = randomUUID();
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => signIn(users, { email: ada.email, password: wrong }, address)),
  );
  expect(answers.filter((answer) => codeOf(answer) === 'UNAUTHENTICATED')).toHaveLength(5);
});

test('ten failures lock unknown devices out, known ones go on, and the owner lifts the lock by mail', async ({
  users,
  database,
  mailbox,
}) => {
  const ada = await signUp(users);
  const { deviceToken } = (await signIn(users, ada)).session;
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await signIn(users, { email: ada.email, password: wrong });
  }
  expect(codeOf(await signIn(users, ada))).toBe('RATE_LIMITED');
  expect((await signIn(users, { ...credentials(ada), deviceToken })).session).not.toBeNull();
  const forged = { ...credentials(ada), deviceToken: 'A'.repeat(43) };
  expect(codeOf(await signIn(users, forged))).toBe('RATE_LIMITED');

  const token = await mailbox.secretTo(ada.email, /locked/);
  const unlock = () =>
    mutate(users, anonymous, ['unlockSignIn', 'MailedTokenInput', 'done'], { token });
  expect((await unlock()).done).toBe(true);
  expect((await signIn(users, ada)).session).not.toBeNull();
  expect(codeOf(await unlock())).toBe('NOT_FOUND');
  const actions = await auditActions(database, ada.id);
  expect(actions.filter((action) => action === 'signIn.failed')).toHaveLength(10);
  expect(actions).toEqual(expect.arrayContaining(['account.locked', 'account.unlocked']));
});

test('many guesses at once from everywhere are no way around the ten either', async ({
  users,
  database,
}) => {
  const ada = await signUp(users);
  const answers = await Promise.all(
    Array.from({ length: 30 }, () => signIn(users, { email: ada.email, password: wrong })),
  );
  expect(answers.filter((answer) => codeOf(answer) === 'UNAUTHENTICATED')).toHaveLength(10);
  const actions = await auditActions(database, ada.id);
  expect(actions.filter((action) => action === 'account.locked')).toHaveLength(1);
});

test("somebody else's device token is not a known device", async ({ users }) => {
  const [ada, grace] = await Promise.all([signUp(users), signUp(users)]);
  const { deviceToken } = (await signIn(users, grace)).session;
  for (let attempt = 1; attempt <= 10; attempt += 1) {
    await signIn(users, { email: ada.email, password: wrong });
  }
  const answer = await signIn(users, { ...credentials(ada), deviceToken });
  expect(codeOf(answer)).toBe('RATE_LIMITED');
});

test('a sign-in on a new device is told by mail, one on a known device is not', async ({
  users,
  database,
  mailbox,
}) => {
  const ada = await signUp(users);
  const { deviceToken } = (await signIn(users, ada)).session;
  const again = await signIn(users, { ...credentials(ada), deviceToken });
  expect(again.session.deviceToken).toBeNull();
  expect(await auditActions(database, ada.id)).not.toContain('device.new');
  await signIn(users, ada);
  const { paragraphs } = await mailbox.mailTo(ada.email, /new sign-in/);
  expect(paragraphs.join()).toContain('Unknown device');
  expect(await auditActions(database, ada.id)).toContain('device.new');
});

const credentials = ({ email, password }: { email: string; password: string }) => ({
  email,
  password,
});
