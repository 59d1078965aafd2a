import { newApiKey } from '@tributary/chassis';
import { expect, inject, test } from 'vitest';
import { signUp } from './support/account.ts';
import { askStack } from './support/ask.ts';
import { keyOf } from './support/key-of.ts';

const metrics = '{ workspace { id metrics { edges { node { id } } } } }';
const deadLetters = '{ workspace { deadLetters { edges { node { id } } } } }';

test('a partner’s key reads what its scopes allow in its own workspace, and nothing else', async () => {
  const ada = await signUp(inject('stackUrl'));
  const { key } = await keyOf(ada);
  const ask = askStack(inject('stackUrl'), key);
  const allowed = await ask(metrics);
  expect(allowed.errors).toBeUndefined();
  expect(allowed.data.workspace.id).toBe(ada.workspaceId);
  const denied = await ask(deadLetters);
  expect(denied.data?.workspace?.deadLetters ?? null).toBeNull();
  expect(denied.errors?.[0]?.extensions?.code).toMatch(/FORBIDDEN|UNAUTHORIZED/);
});

test('a revoked key is refused within five seconds', async () => {
  const ada = await signUp(inject('stackUrl'));
  const { key, apiKey } = await keyOf(ada);
  const ask = askStack(inject('stackUrl'), key);
  expect((await ask(metrics)).status).toBe(200);
  await ada.ask('mutation ($id: ID!) { revokeApiKey(id: $id) { done } }', { id: apiKey.id });
  await expect.poll(async () => (await ask(metrics)).status, { timeout: 5_000 }).toBe(401);
});

test('a key from nowhere is refused: mistyped, made up, or with the secret of another', async () => {
  const ada = await signUp(inject('stackUrl'));
  const { key, apiKey } = await keyOf(ada);
  const mistyped = key.slice(0, -1) + (key.endsWith('0') ? '1' : '0');
  const madeUp = newApiKey('0190a5e4-0000-7000-8000-000000000000').text;
  const otherSecret = newApiKey(apiKey.id).text;
  for (const bad of [mistyped, madeUp, otherSecret]) {
    const answer = await askStack(inject('stackUrl'), bad)(metrics);
    expect(answer.status, bad.slice(0, 12)).toBe(401);
  }
});

test('a key for other addresses or other pages is refused', async () => {
  const ada = await signUp(inject('stackUrl'));
  const elsewhere = await keyOf(ada, { allowedAddresses: ['192.0.2.0/24'] });
  expect((await askStack(inject('stackUrl'), elsewhere.key)(metrics)).status).toBe(403);
  const origin = 'https://shop.example.com';
  const { key } = await keyOf(ada, { allowedOrigins: [origin] });
  const ask = askStack(inject('stackUrl'), key);
  expect((await ask(metrics, {}, { origin })).status).toBe(200);
  expect((await ask(metrics, {}, { origin: 'https://elsewhere.example.com' })).status).toBe(403);
});

test('an ended session is refused at the gateway within five seconds', async () => {
  const ada = await signUp(inject('stackUrl'));
  const { data } = await ada.ask('{ sessions { id isCurrent } }');
  await ada.ask('mutation ($id: ID!) { endSession(id: $id) { endedSessions } }', {
    id: data.sessions[0].id,
  });
  const viewer = async () => (await ada.ask('{ viewer { id } }')).status;
  await expect.poll(viewer, { timeout: 5_000 }).toBe(401);
});
