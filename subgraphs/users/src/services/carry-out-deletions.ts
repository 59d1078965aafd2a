/**
 * Deletes accounts 30 days after it was asked for, unless their people signed in again. Each is one
 * transaction, and of several services one does it. What is left in the audit log is the account's
 * id, which leads to nobody any more.
 */
import type { Pool } from 'pg';
import { memberChangedMessage } from '../announce/member-changed.ts';
import { systemActor } from '../audit/audit-record.ts';
import type { Origin } from '../origin.ts';
import {
  deleteAccount,
  findDueDeletions,
  isNeededOwner,
  lockDueAccount,
  lockMembershipsOf,
} from '../stores/account-deletion.ts';
import type { Journal } from '../stores/journal.ts';
import type { Sessions } from './sessions.ts';

const graceMilliseconds = 30 * 24 * 3_600_000;
const mostAtOnce = 20;
/** Nobody's request. */
const origin: Origin = { address: '', agent: '', requestId: 'deletion' };

export interface CarryOutDependencies {
  pool: Pool;
  journal: Journal;
  sessions: Sessions;
}

/** One round: answers whether there may be more to do at once. */
export function createCarryOutDeletions(
  dependencies: CarryOutDependencies,
): () => Promise<boolean> {
  const { pool, sessions } = dependencies;
  return async () => {
    const before = new Date(Date.now() - graceMilliseconds);
    const due = await findDueDeletions(pool, before, mostAtOnce);
    for (const id of due) {
      await carryOut(dependencies, id, before);
      await sessions.endAll(id, origin);
    }
    return due.length === mostAtOnce;
  };
}

async function carryOut({ journal }: CarryOutDependencies, id: string, before: Date) {
  await journal.commit(async (client) => {
    const account = await lockDueAccount(client, id, before);
    if (!account) return { audit: [] };
    const places = await lockMembershipsOf(client, id);
    // Somebody left meanwhile, and made this person the last owner.
    if (await isNeededOwner(client, id)) return { audit: [] };
    await deleteAccount(client, { id, email: account.email });
    const at = new Date();
    const user = { id, email: `deleted-${id}@invalid.example`, name: 'Deleted account' };
    const fact = { actor: systemActor, target: { type: 'User', id }, origin };
    return {
      audit: [
        { ...fact, chain: id, action: 'account.deleted' as const },
        ...places.map(({ workspaceId: chain }) => ({
          ...{ ...fact, chain },
          action: 'member.removed' as const,
        })),
      ],
      messages: places.map(({ workspaceId: workspace }) =>
        memberChangedMessage({ workspace, user, at, isMember: false }),
      ),
    };
  });
}
