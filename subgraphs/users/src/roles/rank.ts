import type { Role } from '@tributary/prisma/users';

const ranks = { VIEWER: 0, EDITOR: 1, ADMIN: 2, OWNER: 3 } as const satisfies Record<Role, number>;

/** Whether the first role may do all that the second may. */
export const holds = (role: Role, other: Role): boolean => ranks[role] >= ranks[other];
