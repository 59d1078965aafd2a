import { scopes } from '@tributary/chassis';
import { expect, test } from 'vitest';
import { type GrantedRole, holds, scopesOf } from './scopes-of.ts';

const granted = (role: 'VIEWER' | 'EDITOR' | 'ADMIN' | 'OWNER'): GrantedRole => ({
  role,
  customRole: null,
});
const custom = (...scopes: string[]): GrantedRole => ({
  role: 'CUSTOM',
  customRole: { name: 'Analyst', scopes },
});

test('each role may do what the role below it may, and something the other may not', () => {
  const [viewer, editor, admin] = (['VIEWER', 'EDITOR', 'ADMIN'] as const).map((role) =>
    scopesOf(granted(role)),
  );
  expect(editor).toEqual(expect.arrayContaining([...(viewer ?? [])]));
  expect(editor).toContain('write:pipelines');
  expect(viewer).not.toContain('write:pipelines');
  expect(admin).toEqual(expect.arrayContaining([...(editor ?? [])]));
  expect(admin).toContain('write:members');
  expect(editor).not.toContain('write:members');
});

test('a viewer reads all data, writes nothing, and sees neither the audit log nor partners', () => {
  const forAdmins = ['read:audit', 'read:clients'];
  expect(scopesOf(granted('VIEWER')).toSorted()).toEqual(
    scopes.filter((scope) => scope.startsWith('read:') && !forAdmins.includes(scope)).toSorted(),
  );
});

test('an owner may do everything', () => {
  expect(scopesOf(granted('OWNER'))).toEqual(scopes);
});

test('a custom role may do what it names, as far as there are such scopes', () => {
  expect(scopesOf(custom('write:alerts', 'write:moon', 'read:alerts'))).toEqual([
    'read:alerts',
    'write:alerts',
  ]);
});

test.each<[GrantedRole, GrantedRole, boolean]>([
  [granted('OWNER'), granted('OWNER'), true],
  [granted('ADMIN'), granted('OWNER'), false],
  [granted('ADMIN'), granted('ADMIN'), true],
  [granted('EDITOR'), granted('ADMIN'), false],
  [granted('ADMIN'), custom('read:audit'), true],
  [granted('ADMIN'), custom('write:workspace'), false],
  [custom('write:members', 'read:alerts'), custom('read:alerts'), true],
  [custom('write:members', 'read:alerts'), granted('VIEWER'), false],
  [custom(...scopes), granted('ADMIN'), true],
  [custom(...scopes), granted('OWNER'), false],
])('%j holds %j: %s', (actor, other, expected) => {
  expect(holds(actor, other)).toBe(expected);
});
