import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Principal } from '../principal.ts';
import { type Circumstances, factsOf, type Resource } from './facts.ts';
import { createPolicySet } from './policy-set.ts';

/** A Wednesday, ten in the morning. */
const at = new Date('2026-11-25T10:00:00Z');
const ada = {
  kind: 'user',
  subject: randomUUID(),
  workspace: randomUUID(),
  roles: ['ADMIN'],
  scopes: [],
} as const satisfies Principal;
const withMfa = (minutesAgo: number): Principal => ({
  ...ada,
  mfaAt: at.getTime() / 1000 - minutesAgo * 60,
});
const client = {
  kind: 'client',
  subject: randomUUID(),
  workspace: ada.workspace,
  scopes: [],
  key: randomUUID(),
} as const satisfies Principal;
const anonymous = { kind: 'anonymous' } as const;
const owner = ada.subject;

interface Case {
  who: Principal;
  resource?: Resource;
  request?: Partial<Circumstances>;
}

const office = createPolicySet({
  policies: {
    'trusted-network': {
      otherwise: 'Not from here.',
      code: 'FORBIDDEN',
      anyOf: [{ 'request.address': { $inRange: ['192.0.2.0/24', '2001:db8::/32'] } }],
    },
  },
});

const isMet = (name: string, { who, resource, request }: Case, policies = office): boolean =>
  policies.isMet(name, factsOf(who, { address: '192.0.2.7', at, ...request }, resource));

test.each<[policy: string, expected: boolean, what: string, given: Case]>([
  ['people', true, 'a person', { who: ada }],
  ['people', false, 'an API client', { who: client }],
  ['people', false, 'nobody in particular', { who: anonymous }],
  ['fresh-second-factor', true, 'somebody without one', { who: ada }],
  ['fresh-second-factor', true, 'one of 14 minutes ago', { who: withMfa(14) }],
  ['fresh-second-factor', true, 'one of 15 minutes ago', { who: withMfa(15) }],
  ['fresh-second-factor', false, 'one of 16 minutes ago', { who: withMfa(16) }],
  ['own-record', true, 'the owner', { who: ada, resource: { owner } }],
  [
    'own-record',
    true,
    'an owner that is a client',
    { who: client, resource: { owner: client.subject } },
  ],
  ['own-record', false, 'another one', { who: client, resource: { owner } }],
  ['own-record', false, 'a record without owner', { who: ada, resource: { owner: null } }],
  ['own-record', false, 'nobody and no owner', { who: anonymous }],
  ['classification', true, 'what is not classified', { who: client }],
  [
    'classification',
    true,
    'confidential',
    { who: client, resource: { classification: 'confidential' } },
  ],
  [
    'classification',
    false,
    'restricted, by a client',
    { who: client, resource: { classification: 'restricted' } },
  ],
  [
    'classification',
    true,
    'restricted, by its owner',
    { who: withMfa(16), resource: { owner, classification: 'restricted' } },
  ],
  [
    'classification',
    true,
    'restricted, with a fresh factor',
    { who: withMfa(1), resource: { classification: 'restricted' } },
  ],
  [
    'classification',
    false,
    'restricted, with a stale one',
    { who: withMfa(16), resource: { classification: 'restricted' } },
  ],
  ['trusted-network', true, 'an address of the range', { who: ada }],
  [
    'trusted-network',
    true,
    'the same, mapped into IPv6',
    { who: ada, request: { address: '::ffff:192.0.2.9' } },
  ],
  ['trusted-network', true, 'one of IPv6', { who: ada, request: { address: '2001:db8::1' } }],
  ['trusted-network', false, 'one outside', { who: ada, request: { address: '203.0.113.1' } }],
  ['trusted-network', false, 'an unknown one', { who: ada, request: { address: '' } }],
  ['working-hours', true, 'Wednesday at ten', { who: ada }],
  [
    'working-hours',
    false,
    'Wednesday at eight in the evening',
    { who: ada, request: { at: new Date('2026-11-25T20:00:00Z') } },
  ],
  [
    'working-hours',
    true,
    'Friday, a minute before',
    { who: ada, request: { at: new Date('2026-11-27T19:59:00Z') } },
  ],
  [
    'working-hours',
    false,
    'Sunday',
    { who: ada, request: { at: new Date('2026-11-29T10:00:00Z') } },
  ],
  ['no-such-policy', false, 'anybody', { who: ada }],
])('%s is met (%s) by %s', (policy, expected, _, given) => {
  expect(isMet(policy, given)).toBe(expected);
});

test('unless told otherwise every network is trusted', () => {
  const given = { who: anonymous, request: { address: '203.0.113.1' } };
  expect(isMet('trusted-network', given, createPolicySet())).toBe(true);
});

test('conditions of one alternative hold together, of several one is enough', () => {
  const policies = createPolicySet({
    policies: {
      desk: {
        otherwise: 'No.',
        code: 'FORBIDDEN',
        anyOf: [
          { 'principal.roles': 'ADMIN', 'request.hour': { $lt: 12 } },
          { 'principal.kind': 'client' },
        ],
      },
    },
  });
  const evening = { at: new Date('2026-11-25T18:00:00Z') };
  expect(isMet('desk', { who: ada }, policies)).toBe(true);
  expect(isMet('desk', { who: ada, request: evening }, policies)).toBe(false);
  expect(isMet('desk', { who: client, request: evening }, policies)).toBe(true);
});

test.each([
  ['an action with a policy there is not', { actions: { 'audit.read': ['no-such'] } }],
  [
    'a condition with an operator there is not',
    {
      policies: {
        odd: { otherwise: '', code: 'FORBIDDEN', anyOf: [{ 'request.hour': { $moon: 1 } }] },
      },
    },
  ],
] as const)('%s is refused', (_, changes) => {
  expect(() => createPolicySet(changes)).toThrow();
});
