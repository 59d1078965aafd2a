import { scopes } from '@tributary/chassis';
import { expect, test } from 'vitest';
import { scopesOf } from './scopes-of.ts';

test('each role may do what the role below it may, and something the other may not', () => {
  const [viewer, editor, admin] = (['VIEWER', 'EDITOR', 'ADMIN'] as const).map(scopesOf);
  expect(editor).toEqual(expect.arrayContaining([...(viewer ?? [])]));
  expect(editor).toContain('write:pipelines');
  expect(viewer).not.toContain('write:pipelines');
  expect(admin).toEqual(expect.arrayContaining([...(editor ?? [])]));
  expect(admin).toContain('write:members');
  expect(editor).not.toContain('write:members');
});

test('a viewer reads all data, writes nothing, and sees neither the audit log nor partners', () => {
  const forAdmins = ['read:audit', 'read:clients'];
  expect(scopesOf('VIEWER').toSorted()).toEqual(
    scopes.filter((scope) => scope.startsWith('read:') && !forAdmins.includes(scope)).toSorted(),
  );
});

test('an owner may do everything', () => {
  expect(scopesOf('OWNER')).toEqual(scopes);
});
