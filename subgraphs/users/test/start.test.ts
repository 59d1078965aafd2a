import { createTestDatabase } from '@tributary/testkit';
import { expect, test } from 'vitest';
import { runToEnd } from './run-to-end.ts';

const nowhere = { DATABASE_URL: 'postgres://127.0.0.1:1/users', REDIS_URL: 'redis://127.0.0.1:1' };
const production = { ...nowhere, NODE_ENV: 'production' };

test('production refuses the variables of a demo account, and says which to unset', async () => {
  const demo = { DEMO_EMAIL: 'demo@example.com', DEMO_PASSWORD: 'a demo password' };
  const { exitCode, stderr } = await runToEnd({ ...production, ...demo });
  expect(exitCode).toBe(78);
  expect(stderr).toMatch(/^Production .*unset DEMO_EMAIL, DEMO_PASSWORD .*$/m);
});

test('production refuses a database that holds a demo account, and says how to go on', async () => {
  await using database = await createTestDatabase('users');
  await database.pool.query(
    `INSERT INTO user_account (id, email, name, password_hash, is_demo)
     VALUES (gen_random_uuid(), 'demo@example.com', 'Demo', '-', true)`,
  );
  const { exitCode, stderr } = await runToEnd({ ...production, DATABASE_URL: database.url });
  expect(exitCode).toBe(78);
  expect(stderr).toMatch(/^Production .*DELETE FROM user_account WHERE is_demo.*$/m);
});

test.for([
  ['TOKEN_PRIVATE_KEY', 'swordfish'],
  ['TOKEN_PRIVATE_KEY', '{"kty":"OKP","crv":"Ed25519","x":"swordfish"}'],
  ['PUBLIC_URL', 'swordfish'],
  ['DEMO_EMAIL', 'demo@example.com'],
  ['OIDC_PROVIDERS', 'swordfish'],
  ['OIDC_PROVIDERS', '[{"id":"acme","clientSecret":"swordfish"}]'],
  [
    'OIDC_PROVIDERS',
    '[{"id":"acme","name":"Acme","issuer":"http://swordfish.example.com","clientId":"a"}]',
  ],
] as const)('%s: a wrong value is refused by name, and not printed: %s', async ([name, value]) => {
  const { exitCode, stderr } = await runToEnd({ ...nowhere, [name]: value });
  expect(exitCode).toBe(78);
  expect(stderr).toContain(`  ${name}: `);
  expect(stderr).not.toContain('swordfish');
});
