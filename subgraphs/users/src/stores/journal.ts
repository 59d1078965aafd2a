/** What goes with a change: its audit entries, and what others are told of it, in the same transaction. */
import { transaction } from '@tributary/chassis';
import { enqueue, type OutboxMessage } from '@tributary/outbox';
import type { Pool, PoolClient } from 'pg';
import { appendAudit } from '../audit/append-audit.ts';
import type { AuditRecord } from '../audit/audit-record.ts';

export interface Notes {
  audit: readonly AuditRecord[];
  messages?: readonly OutboxMessage[];
}

export interface Journal {
  /** Commits what `change` writes together with the notes it answers, or nothing. */
  commit<Change extends Notes>(change: (client: PoolClient) => Promise<Change>): Promise<Change>;
  /** Writes notes on what happened elsewhere, or did not happen. */
  note(notes: Notes): Promise<void>;
}

/** `announce` is called once messages have been committed. */
export function createJournal(options: { pool: Pool; announce: () => void }): Journal {
  const { pool, announce } = options;

  async function commit<Change extends Notes>(
    change: (client: PoolClient) => Promise<Change>,
  ): Promise<Change> {
    const done = await transaction(pool, async (client) => {
      const changed = await change(client);
      await write(client, changed);
      return changed;
    });
    if (done.messages && done.messages.length > 0) announce();
    return done;
  }

  return {
    commit,
    async note(notes) {
      const [only, ...others] = notes.audit;
      const isOne = only && others.length === 0 && !notes.messages?.length;
      // A statement is a transaction by itself; this is what every sign-in writes.
      if (isOne) await appendAudit(pool, only);
      else await commit(async () => notes);
    },
  };
}

/** In the order of their chains, so that two transactions never wait for each other's. */
async function write(client: PoolClient, { audit, messages = [] }: Notes): Promise<void> {
  const inOrder = audit.toSorted((a, b) => (a.chain < b.chain ? -1 : Number(a.chain > b.chain)));
  for (const record of inOrder) await appendAudit(client, record);
  await enqueue(client, messages);
}
