import { expect, test } from 'vitest';
import { composeSupergraph } from '../support/composed-supergraph.ts';
import { people } from '../support/guarded-people.ts';
import { restrict } from '../support/restrict.ts';

const supergraph = composeSupergraph({ people });

const email = 'UNAUTHENTICATED User.email needs the scope read:email.';
const secret = (field: string) => `UNAUTHENTICATED ${field} needs the scope read:secret.`;

test.each<[string, string, string | undefined, string[]]>([
  ['a field', '{ me { name email } }', '{ me { name } }', [email]],
  ['an alias', '{ me { name: email } }', '{ me { __typename } }', [email]],
  [
    'the alias of a field that is open',
    '{ me { motto: name name: email } }',
    '{ me { motto: name } }',
    [email],
  ],
  [
    'an alias of what holds it',
    '{ open: me { x: email } }',
    '{ open: me { __typename } }',
    [email],
  ],
  [
    'selecting twice',
    '{ me { name } me { email } user(id: 1) { email name } }',
    '{ me { name } me { __typename } user(id: 1) { name } }',
    [email],
  ],
  ['an inline fragment', '{ me { ... on User { email } } }', '{ me { __typename } }', [email]],
  ['a fragment without a type', '{ me { ... { email } } }', '{ me { __typename } }', [email]],
  [
    'a named fragment',
    '{ me { ...F } } fragment F on User { email name }',
    '{ me { ...F } } fragment F on User { name }',
    [email],
  ],
  [
    'a fragment in a fragment in a fragment',
    '{ me { ...A } } fragment A on User { ...B } fragment B on User { ... on User { ...C } } fragment C on User { email }',
    '{ me { __typename } }',
    [email],
  ],
  [
    'a fragment that is spread below something denied and elsewhere',
    '{ me { ...F } secret { ...G } } fragment F on User { name email } fragment G on Secret { code }',
    '{ me { ...F } } fragment F on User { name }',
    [email, secret('Query.secret'), secret('Secret.code')],
  ],
  [
    'a fragment that one place may use and the other not',
    '{ me { secret { ...N } friends { ...N } } } fragment N on Node { __typename }',
    '{ me { friends { __typename } } }',
    [secret('Node.__typename'), secret('User.secret')],
  ],
  [
    'conditions',
    '{ me { email @include(if: true) name @skip(if: false) } }',
    '{ me { name @skip(if: false) } }',
    [email],
  ],
  [
    'a condition on a variable',
    'query ($on: Boolean!) { me { ... @include(if: $on) { email } name } }',
    '{ me { name __typename } }',
    [email],
  ],
  [
    'depth',
    '{ me { friends { friends { friends { email } } } } }',
    '{ me { friends { friends { friends { __typename } } } } }',
    [email],
  ],
  ['a list', '{ users(first: 3) { email } }', '{ users(first: 3) { __typename } }', [email]],
  [
    'an interface, of which one implementation is guarded',
    '{ node(id: 1) { id } motto }',
    '{ motto }',
    [secret('Node.id'), secret('Query.node')],
  ],
  [
    'an implementation of an interface',
    '{ node(id: 1) { ... on Secret { code } } }',
    undefined,
    [secret('Query.node'), secret('Secret.code')],
  ],
  [
    'an interface whose field one implementation guards',
    '{ titled { title words } }',
    '{ titled { words } }',
    ['UNAUTHENTICATED Titled.title needs somebody signed in.'],
  ],
  [
    'the implementation that does not guard it',
    '{ titled { ... on Post { title } ... on Draft { title } } }',
    '{ titled { ... on Post { title } __typename } }',
    ['UNAUTHENTICATED Draft.title needs somebody signed in.'],
  ],
  [
    'fragments that go from an implementation back to the interface',
    '{ titled { ... on Post { ... on Titled { t: title } } } }',
    '{ titled { __typename } }',
    ['UNAUTHENTICATED Titled.title needs somebody signed in.'],
  ],
  [
    'a union',
    '{ search { __typename ... on User { name email } ... on Secret { code } } }',
    '{ search { __typename ... on User { name } } }',
    [email, secret('Secret.code')],
  ],
  [
    'an interface inside a union',
    '{ search { ... on Node { id } ... on Post { title } } }',
    '{ search { ... on Post { title } __typename } }',
    [secret('Node.id')],
  ],
  [
    'the name of a guarded type',
    '{ secret { __typename } search { ... on Secret { __typename } } }',
    '{ search { __typename } }',
    [secret('Query.secret'), secret('Secret.__typename')],
  ],
  [
    'a guarded enum',
    '{ me { rank } }',
    '{ me { __typename } }',
    ['UNAUTHENTICATED User.rank needs somebody signed in.'],
  ],
  [
    'a guarded scalar, and lists of it',
    '{ me { iban ibans id } }',
    '{ me { id } }',
    [
      'UNAUTHENTICATED User.iban needs the scope read:iban.',
      'UNAUTHENTICATED User.ibans needs the scope read:iban.',
    ],
  ],
  [
    'the only root field',
    '{ audit }',
    undefined,
    ['UNAUTHENTICATED Query.audit needs somebody signed in.'],
  ],
  [
    'a policy',
    '{ payroll motto }',
    '{ motto }',
    ['UNAUTHENTICATED Query.payroll needs the policy hr, or finance and board.'],
  ],
  [
    'a mutation beside an open one',
    'mutation { a: greet rename(name: "x") { id } wipe(id: 1) b: greet }',
    'mutation { a: greet b: greet }',
    [
      'UNAUTHENTICATED Mutation.rename needs somebody signed in.',
      'UNAUTHENTICATED Mutation.wipe needs the scope admin, or write:users and write:all.',
    ],
  ],
  [
    'a subscription',
    'subscription { renamed { id } }',
    undefined,
    ['UNAUTHENTICATED Subscription.renamed needs somebody signed in.'],
  ],
  [
    'a fragment on the root',
    '{ ...R } fragment R on Query { audit ... on Query { payroll } }',
    undefined,
    [
      'UNAUTHENTICATED Query.audit needs somebody signed in.',
      'UNAUTHENTICATED Query.payroll needs the policy hr, or finance and board.',
    ],
  ],
])('nobody gets around it by %s', (_, text, left, denied) => {
  const restriction = restrict(supergraph, text);

  expect(restriction.left).toBe(left);
  expect(restriction.denied).toEqual(denied.toSorted());
});

test('introspection stays as it is', () => {
  const text =
    '{ __typename __schema { types { name fields { name } } } __type(name: "Secret") { name fields { name } } }';

  expect(restrict(supergraph, text)).toMatchObject({ left: text, denied: [] });
});

test('variables that only served denied fields go, with their definitions', () => {
  const text =
    'query Q($a: Boolean, $b: ID!, $c: ID!) { me { name(upper: $a) secret { id } } node(id: $b) { id } user(id: $c) { id } }';

  expect(restrict(supergraph, text).left).toBe(
    'query Q($a: Boolean, $c: ID!) { me { name(upper: $a) } user(id: $c) { id } }',
  );
});

test('what another operation of the document asks does not count', () => {
  const text = 'query A { me { id } } query B { audit me { ...F } } fragment F on User { email }';

  expect(restrict(supergraph, text, {}, 'A')).toMatchObject({ left: text, denied: [] });
  expect(restrict(supergraph, text, {}, 'B').left).toBe('query B { me { __typename } }');
});

test.each<[string, string, object, string[]]>([
  ['any group of scopes', 'mutation { wipe(id: 1) }', { scopes: ['admin'] }, []],
  ['all of a group', 'mutation { wipe(id: 1) }', { scopes: ['write:all', 'write:users'] }, []],
  [
    'half of a group is none',
    'mutation { wipe(id: 1) }',
    { scopes: ['write:all'] },
    ['FORBIDDEN Mutation.wipe needs the scope admin, or write:users and write:all.'],
  ],
  ['a policy', '{ payroll }', { policies: ['board', 'finance'] }, []],
  [
    'a policy, where nobody is signed in',
    '{ payroll }',
    { authenticated: false, policies: ['hr'] },
    [],
  ],
  [
    'scopes without being signed in are none',
    '{ me { email } }',
    { authenticated: false, scopes: ['read:email'] },
    [email],
  ],
  [
    'a scope that contains the other is not it',
    '{ me { email } }',
    { scopes: ['read:email:all', 'read', 'READ:EMAIL'] },
    ['FORBIDDEN User.email needs the scope read:email.'],
  ],
])('meeting a requirement: %s', (_, text, claims, denied) => {
  expect(restrict(supergraph, text, { authenticated: true, ...claims }).denied).toEqual(denied);
});

test('whoever meets everything gets the document as it was, under an empty key', () => {
  const all = {
    authenticated: true,
    scopes: ['read:email', 'read:secret', 'read:iban'],
    policies: ['hr'],
  };
  const text = '{ me { email iban secret { code } } payroll node(id: 1) { id } titled { title } }';

  expect(restrict(supergraph, text, all)).toMatchObject({ left: text, denied: [] });
});

test('the fields that are denied are those of the document that was compiled', () => {
  const { restricted } = restrict(supergraph, '{ me { a: email b: email name } }');

  expect([...restricted.denied.keys()].map(({ alias }) => alias?.value)).toEqual(['a', 'b']);
});

test('two hundred fragments that each spread the next twice are filtered once each', () => {
  const fragments = Array.from(
    { length: 200 },
    (_, n) => `fragment F${n} on User { friends { ...F${n + 1} } friends { ...F${n + 1} } }`,
  );
  const text = `{ me { ...F0 } } ${fragments.join(' ')} fragment F200 on User { email name }`;

  expect(restrict(supergraph, text).left).toContain('fragment F200 on User { name }');
});
