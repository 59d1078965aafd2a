import { expect, test } from 'vitest';
import { type Toast, withoutToast, withToast } from './toast-list.ts';

const toast = (id: string): Toast => ({ id, title: id, body: '', severity: 'INFO' });
const ids = (toasts: readonly Toast[]) => toasts.map(({ id }) => id);

test('the newest three toasts are shown', () => {
  const toasts = ['a', 'b', 'c', 'd'].map(toast).reduce<Toast[]>(withToast, []);
  expect(ids(toasts)).toEqual(['b', 'c', 'd']);
});

test('a toast is shown once and can be dismissed', () => {
  const toasts = [toast('a'), toast('b'), toast('a')].reduce<Toast[]>(withToast, []);
  expect(ids(toasts)).toEqual(['b', 'a']);
  expect(ids(withoutToast(toasts, 'b'))).toEqual(['a']);
});
