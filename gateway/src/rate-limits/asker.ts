import type { ClientBudgets } from '../identity/client-budgets.ts';
import type { Identity } from '../identity/identify.ts';

/** Whose budget a request is taken from. */
export interface Asker {
  key: string;
  kind: 'principal' | 'address';
  /** Set in place of what everybody may. */
  budgets?: ClientBudgets | undefined;
}

export function askerOf(
  { principal, budgets }: Pick<Identity, 'principal' | 'budgets'>,
  address: string,
): Asker {
  switch (principal.kind) {
    case 'user':
      return { key: `user:${principal.subject}`, kind: 'principal' };
    case 'client':
      return { key: `key:${principal.key}`, kind: 'principal', budgets };
    case 'anonymous':
      return { key: `address:${networkOf(address)}`, kind: 'address' };
  }
}

/** One household has a whole IPv6 /64, so its addresses count as one. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/, '');
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail ? tail.split(':') : [];
  if (tail !== undefined) {
    groups.push(...Array(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after);
  }
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
