import type { AuditLink, AuditStore } from '../stores/audit-store.ts';
import { auditContent, auditHash } from './audit-hash.ts';

export interface ChainReport {
  /** Links looked at. */
  entries: number;
  isIntact: boolean;
  /** The number of the first link that is not what was written. */
  firstFault: number | null;
}

const pageSize = 1_000;

/**
 * Recomputes a chain from its beginning. A changed or missing entry breaks the link at its number;
 * entries cut off or written anew at the end are missed by the chain's head.
 */
export async function verifyChain(audit: AuditStore, chain: string): Promise<ChainReport> {
  const head = await audit.head(chain);
  let hash = '';
  let entries = 0;
  for (;;) {
    const links = await audit.links(chain, BigInt(entries), pageSize);
    for (const link of links) {
      entries += 1;
      const isForged = link.sequence === head?.sequence && link.hash !== head.hash;
      if (isForged || !continues(link, entries, hash)) {
        return { entries, isIntact: false, firstFault: entries };
      }
      hash = link.hash;
    }
    // Links may have been added since the head was read.
    if (links.length < pageSize) break;
  }
  const isIntact = head === undefined ? entries === 0 : entries >= Number(head.sequence);
  return { entries, isIntact, firstFault: isIntact ? null : entries + 1 };
}

function continues(link: AuditLink, number: number, previousHash: string): boolean {
  const { before, after } = link;
  if (link.sequence !== BigInt(number)) return false;
  const content = auditContent({ ...link, before: asObject(before), after: asObject(after) });
  return link.hash === auditHash(previousHash, link.sequence, content);
}

const asObject = (value: unknown): object | null =>
  typeof value === 'object' && value !== null ? value : null;
