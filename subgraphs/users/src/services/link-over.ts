import { TributaryError } from '@tributary/errors';

export function linkOver(): TributaryError {
  return new TributaryError(
    'NOT_FOUND',
    'This link was used already, or is too old. Ask for a new one.',
    ['input', 'token'],
  );
}
