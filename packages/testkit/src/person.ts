import { randomUUID } from 'node:crypto';
import { scopes, type UserPrincipal } from '@tributary/chassis';

/** A signed-in person with every scope in a workspace of their own, unless said otherwise. */
export function person(overrides: Partial<UserPrincipal> = {}): UserPrincipal {
  return {
    kind: 'user',
    subject: randomUUID(),
    workspace: randomUUID(),
    roles: ['OWNER'],
    scopes,
    ...overrides,
  };
}
