import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Principal } from '@tributary/chassis';
import { person, type SubgraphProcess, startSubgraph } from '@tributary/testkit';
import { expect } from 'vitest';
import { testAlone as base, signUp } from './users-test.ts';

/** The audit log is for an office; reading members is for working hours that never are. */
const test = base.override(
  'users',
  { scope: 'file' },
  async ({ database, redis }, { onCleanup }) => {
    const directory = await mkdtemp(join(tmpdir(), 'tributary-policies-'));
    const POLICIES_FILE = join(directory, 'policies.json');
    const office = {
      otherwise: 'Come to the office.',
      anyOf: [{ 'request.address': { $inRange: ['192.0.2.0/24'] } }],
    };
    const never = { otherwise: 'Not today.', anyOf: [{ 'request.weekday': 8 }] };
    await writeFile(
      POLICIES_FILE,
      JSON.stringify({
        policies: { 'trusted-network': office, never },
        actions: { 'apiClient.read': ['never'] },
      }),
    );
    const users = await startSubgraph('users', { database, redis, environment: { POLICIES_FILE } });
    onCleanup(async () => {
      await users[Symbol.asyncDispose]();
      await rm(directory, { recursive: true });
    });
    return users;
  },
);

const office = { 'x-client-address': '192.0.2.7' };
const stale = () => Math.floor(Date.now() / 1000) - 16 * 60;

const readLog = (users: SubgraphProcess, who: Principal, headers = {}) =>
  users.query(who, '{ workspace { auditLog { edges { cursor } } } }', {}, headers);

const explain = async (users: SubgraphProcess, who: Principal, variables: object, headers = {}) => {
  const document = `query ($action: String!, $resource: AccessResourceInput) {
    explainAccess(action: $action, resource: $resource) { isAllowed checks { kind name isMet } }
  }`;
  const { data, errors } = await users.query(who, document, variables, headers);
  return { explanation: data?.explainAccess, code: errors?.[0]?.extensions.code };
};

test('a policy on addresses holds in the service, whoever let the request through', async ({
  users,
}) => {
  const ada = await signUp(users);
  const elsewhere = await readLog(users, ada.principal);
  expect(elsewhere.errors?.[0]).toMatchObject({
    message: 'Come to the office.',
    extensions: { code: 'FORBIDDEN' },
  });
  expect((await readLog(users, ada.principal, office)).errors).toBeUndefined();
});

test('what is restricted takes a fresh second factor of those who have one', async ({ users }) => {
  const ada = await signUp(users);
  const { errors } = await readLog(users, { ...ada.principal, mfaAt: stale() }, office);
  expect(errors?.[0]?.extensions.code).toBe('MFA_REQUIRED');
});

test('an action that is given a policy asks for it, on any day', async ({ users }) => {
  const ada = await signUp(users);
  const { errors } = await users.query(ada.principal, '{ workspace { apiClients { id } } }');
  expect(errors?.[0]).toMatchObject({ message: 'Not today.', extensions: { code: 'FORBIDDEN' } });
});

test('a decision is explained check by check, as it would be made here and now', async ({
  users,
}) => {
  const { principal } = await signUp(users);
  const audit = { action: 'audit.read', resource: { classification: 'RESTRICTED' } };
  expect((await explain(users, principal, audit)).explanation).toEqual({
    isAllowed: false,
    checks: [
      { kind: 'SCOPE', name: 'read:audit', isMet: true },
      { kind: 'POLICY', name: 'trusted-network', isMet: false },
      { kind: 'POLICY', name: 'classification', isMet: true },
    ],
  });
  expect((await explain(users, principal, audit, office)).explanation.isAllowed).toBe(true);
  const late = { ...principal, mfaAt: stale() };
  expect((await explain(users, late, audit, office)).explanation.isAllowed).toBe(false);
  const own = {
    action: 'audit.read',
    resource: { classification: 'RESTRICTED', ownerId: principal.subject },
  };
  expect((await explain(users, late, own, office)).explanation.isAllowed).toBe(true);
  const reader = person({ scopes: ['read:members'] });
  const { explanation } = await explain(users, reader, { action: 'member.change' });
  expect(explanation.checks[0]).toEqual({ kind: 'SCOPE', name: 'write:members', isMet: false });
});

test('only what is an action is explained, and only to somebody signed in', async ({ users }) => {
  const { principal } = await signUp(users);
  expect((await explain(users, principal, { action: 'toString' })).code).toBe('INVALID_INPUT');
  const anonymous = await explain(users, { kind: 'anonymous' }, { action: 'audit.read' });
  expect(anonymous.code).toBe('UNAUTHENTICATED');
});
