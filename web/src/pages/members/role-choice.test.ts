import { expect, test } from 'vitest';
import { roleOptions, roleValue, toRoleChoice } from './role-choice.ts';

const analyst = { id: '0197', name: 'Analyst' };

test('a workspace’s own roles are offered after those of every workspace', () => {
  expect(roleOptions([analyst]).map(({ label }) => label)).toEqual([
    'Viewer',
    'Editor',
    'Admin',
    'Owner',
    'Analyst',
  ]);
});

test('what is chosen is what somebody has afterwards', () => {
  expect(toRoleChoice('EDITOR')).toEqual({ role: 'EDITOR' });
  expect(toRoleChoice(roleValue({ role: 'CUSTOM', customRole: analyst }))).toEqual({
    role: 'CUSTOM',
    customRoleId: analyst.id,
  });
});
