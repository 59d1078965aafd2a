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

test('an error in a list is shown at its entry where the form has one, or else at the list', () => {
  const errors = toFieldErrors(
    [
      { field: ['input', 'filters', '1', 'in'], message: 'empty' },
      { field: ['input', 'filters', '2', 'field'], message: 'too long' },
      { field: ['input', 'condition', 'field'], message: 'missing' },
    ],
    ['field', 'filters', 'filters.1', 'condition'],
  );
  expect(errors.byField).toEqual({
    'filters.1': 'empty',
    filters: 'too long',
    condition: 'missing',
  });
});
