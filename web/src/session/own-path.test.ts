import { expect, test } from 'vitest';
import { ownPath } from './own-path.ts';

test.each(['/', '/account', '/dashboards/7?range=1d#top', '/a//b', '/über'])(
  '%j is a path of ours',
  (path) => {
    expect(ownPath(path)).toBe(path);
  },
);

test.each([
  undefined,
  '',
  'account',
  'https://elsewhere.example.com',
  '//elsewhere.example.com',
  '/\\elsewhere.example.com',
  '/\t/elsewhere.example.com',
  '/\n\\elsewhere.example.com',
  '\t//elsewhere.example.com',
])('%j leads home', (path) => {
  expect(ownPath(path)).toBe('/');
});
