/** The audit log of a workspace, for those who may read it. */
import {
  authorise,
  type Connection,
  type Principal,
  toConnection,
  toPage,
} from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { type ChainReport, verifyChain } from '../audit/verify-chain.ts';
import type { AuditEntryRow, AuditFilter, AuditStore } from '../stores/audit-store.ts';

export interface AuditQuery {
  filter?: AuditFilter | null | undefined;
  first: number;
  after?: string | null | undefined;
}

export interface Audit {
  /** Newest first. @throws INVALID_INPUT for a page or cursor that is none. */
  list(
    principal: Principal,
    workspace: string,
    query: AuditQuery,
  ): Promise<Connection<AuditEntryRow>>;
  verify(principal: Principal, workspace: string): Promise<ChainReport>;
}

export function createAudit({ audit }: { audit: AuditStore }): Audit {
  return {
    async list(principal, workspace, { filter, first, after = null }) {
      const chain = chainOf(principal, workspace);
      const page = toPage({ first, after });
      const rows = await audit.list(chain, filter ?? {}, page);
      return toConnection(rows, page, ({ at, id }) => ({ time: at, id }));
    },
    verify: async (principal, workspace) => verifyChain(audit, chainOf(principal, workspace)),
  };
}

/** @throws FORBIDDEN for a workspace that the principal does not speak for. */
function chainOf(principal: Principal, workspace: string): string {
  const known = authorise(principal, 'audit.read', { classification: 'restricted' });
  if (known.workspace === workspace) return workspace;
  throw new TributaryError('FORBIDDEN', 'Switch to this workspace to see its audit log.');
}
