import { expect, test } from 'vitest';
import { toFieldErrors } from './field-errors.ts';

test('each user error is shown at its field, the first one where there are several', () => {
  const errors = toFieldErrors(
    [
      { field: ['input', 'email'], message: 'taken' },
      { field: ['input', 'email'], message: 'odd' },
      { field: ['input', 'event', 'data', 'delay'], message: 'not a number' },
    ],
    ['email', 'event'],
  );
  expect(errors).toEqual({ byField: { email: 'taken', event: 'not a number' }, general: [] });
});

test('an error without a field of the form is still shown', () => {
  const errors = toFieldErrors(
    [
      { field: null, message: 'wrong password' },
      { field: ['input', 'plan'], message: 'no such plan' },
    ],
    ['email'],
  );
  expect(errors.general).toEqual(['wrong password', 'no such plan']);
});
