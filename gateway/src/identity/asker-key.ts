import { principalKey } from '@tributary/chassis';
import type { Context } from '../context.ts';

/**
 * Whose answers are the same. Policies may look at where somebody asks from, so what is shared of a
 * known principal is shared among requests from one address; nobody in particular may share with all.
 */
export function askerKey({ principal, client }: Pick<Context, 'principal' | 'client'>): string {
  const key = principalKey(principal);
  return principal.kind === 'anonymous' || !client ? key : `${key} ${client.address}`;
}
