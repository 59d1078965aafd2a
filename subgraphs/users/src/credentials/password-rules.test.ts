import { InputError } from '@tributary/errors';
import { expect, test } from 'vitest';
import { assertGoodPassword } from './password-rules.ts';

const ada = { email: 'ada.lovelace@example.com', name: 'Ada King', hasMfa: false };
const judge =
  (password: string, owner = ada) =>
  () =>
    assertGoodPassword(password, owner, ['input', 'password']);

test.each([
  'correct horse battery',
  'brücken über wasser',
  '            x        yz',
  'zzq7q7q7mnopqr',
  '長い合言葉はとても良いものです',
])('a long password of any characters is taken: %s', (password) => {
  expect(judge(password)).not.toThrow();
});

test.each([
  ['elevenchars', 'at least 12'],
  ['q'.repeat(257), 'at most 256'],
  ['password123456', 'guessed first'],
  ['!!!iloveyou!!!', 'guessed first'],
  ['123456789012', 'guessed first'],
  ['abababababab', 'guessed first'],
  ['lovelace-ada-1', 'name or e-mail'],
])('%s is refused, and the reason is told', (password, reason) => {
  expect(judge(password)).toThrow(InputError);
  expect(judge(password)).toThrow(reason);
});

test('with a second factor eight characters are enough', () => {
  const password = 'b7q-tram';
  expect(judge(password)).toThrow('at least 12');
  expect(judge(password, { ...ada, hasMfa: true })).not.toThrow();
});
