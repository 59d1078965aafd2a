/**
 * Appends to the audit log in the caller's transaction: what is done and its entry commit together;
 * given the pool, in one of its own.
 * The upsert of the chain's head locks it, so entries of one chain take turns and none is skipped.
 */
import type { ClientBase, Pool } from 'pg';
import { v7 as uuid } from 'uuid';
import { type AuditContent, auditContent } from './audit-hash.ts';
import type { AuditRecord } from './audit-record.ts';

export async function appendAudit(client: ClientBase | Pool, record: AuditRecord): Promise<void> {
  const entry = toContent(record);
  await client.query({
    name: 'append-audit',
    text: `WITH head AS (
       INSERT INTO audit_chain AS head (chain, sequence, hash) VALUES ($2, 1, ${link("''", '1')})
       ON CONFLICT (chain) DO UPDATE
         SET sequence = head.sequence + 1, hash = ${link('head.hash', 'head.sequence + 1')}
       RETURNING sequence, hash
     )
     INSERT INTO audit_entry (id, chain, sequence, at, action, actor_kind, actor_id, target_type,
                              target_id, address, agent, request_id, before, after, hash)
     SELECT $1, $2, head.sequence, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, head.hash FROM head`,
    values: [entry.id, entry.chain, auditContent(entry), ...columnsOf(entry)],
  });
}

/** The same link that `auditHash` computes; $3 is the entry's content. */
function link(previousHash: string, sequence: string): string {
  return `encode(sha256(convert_to(concat_ws(':', ${previousHash}, (${sequence})::text, $3::text), 'UTF8')), 'hex')`;
}

function toContent({ chain, action, actor, target, origin, ...change }: AuditRecord): AuditContent {
  return {
    id: uuid(),
    chain,
    at: new Date(),
    action,
    actorKind: actor.kind,
    actorId: actor.id,
    targetType: target.type,
    targetId: target.id,
    ...origin,
    before: change.before ?? null,
    after: change.after ?? null,
  };
}

function columnsOf(entry: AuditContent): unknown[] {
  const json = (value: object | null) => (value === null ? null : JSON.stringify(value));
  return [
    entry.at,
    entry.action,
    entry.actorKind,
    entry.actorId,
    entry.targetType,
    entry.targetId,
    entry.address,
    entry.agent,
    entry.requestId,
    json(entry.before),
    json(entry.after),
  ];
}
