import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** What an entry says, without its place in the chain. */
export interface AuditContent {
  id: string;
  chain: string;
  at: Date;
  action: string;
  actorKind: string;
  actorId: string | null;
  targetType: string;
  targetId: string | null;
  address: string;
  agent: string;
  requestId: string;
  before: object | null;
  after: object | null;
}

/** One text for one entry: any change of any column changes it. */
export function auditContent(entry: AuditContent): string {
  const { id, chain, action, actorKind, actorId, targetType, targetId } = entry;
  const { address, agent, requestId, before, after } = entry;
  const at = entry.at.toISOString();
  return canonicalJson({
    ...{ id, chain, at, action, actorKind, actorId, targetType, targetId },
    ...{ address, agent, requestId, before, after },
  });
}

/** The link: SHA-256 over the previous entry's hash, this one's number and what it says. */
export function auditHash(previousHash: string, sequence: bigint, content: string): string {
  return createHash('sha256').update(`${previousHash}:${sequence}:${content}`).digest('hex');
}
