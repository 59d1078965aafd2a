import { readFileSync } from 'node:fs';
import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  errorCodes,
  formatGraphQLError,
  TributaryError,
  toProblem,
  userErrorFrom,
  userErrorsFromZod,
} from './index.ts';

test('an unexpected error is masked in GraphQL and in REST', () => {
  const secret = new Error('password authentication failed for user postgres');
  const wrapped = new GraphQLError(secret.message, { originalError: secret });
  const formatted = formatGraphQLError(
    { message: secret.message, extensions: { code: 'INTERNAL_SERVER_ERROR', stacktrace: ['x'] } },
    wrapped,
  );
  expect(JSON.stringify(formatted)).not.toContain('password');
  expect(formatted.extensions).toEqual({ code: 'INTERNAL' });
  const problem = toProblem(secret, 'request-1');
  expect(problem).toMatchObject({ status: 500, code: 'INTERNAL', requestId: 'request-1' });
  expect(JSON.stringify(problem)).not.toContain('password');
});

test('an expected error keeps its code, message and field', () => {
  const error = new TributaryError('CONFLICT', 'A source of that name exists.', ['input', 'name']);
  const wrapped = new GraphQLError(error.message, { originalError: error });
  expect(formatGraphQLError({ message: error.message }, wrapped)).toEqual({
    message: 'A source of that name exists.',
    extensions: { code: 'CONFLICT', field: ['input', 'name'] },
  });
  expect(toProblem(error, 'request-1')).toMatchObject({ status: 409, field: ['input', 'name'] });
});

test('refusals of the principal are errors, not user errors', () => {
  const refused = new TributaryError('FORBIDDEN', 'no');
  expect(() => userErrorFrom(refused)).toThrow(refused);
  expect(userErrorFrom(new TributaryError('NOT_FOUND', 'gone'))).toEqual({
    code: 'NOT_FOUND',
    message: 'gone',
    field: null,
  });
});

test('every issue of a refused input names its path', () => {
  const parsed = z
    .object({ name: z.string(), sizes: z.array(z.int()) })
    .safeParse({ sizes: [1, 'two'] });
  const errors = parsed.success ? [] : userErrorsFromZod(parsed.error, ['input']);
  expect(errors.map(({ field }) => field)).toEqual([
    ['input', 'name'],
    ['input', 'sizes', '1'],
  ]);
});

test('docs/errors.md lists exactly the codes there are, with their status', () => {
  const page = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([A-Z_]+)` +\| (\d{3}) +\|/gm)].map((row) => [
    row[1],
    Number(row[2]),
  ]);
  expect(Object.fromEntries(rows)).toEqual(
    Object.fromEntries(Object.entries(errorCodes).map(([code, { status }]) => [code, status])),
  );
});
