/** What may be seen of partners' operations: versions, what would break, how often each was asked. */
import { authorise, type Principal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import type { OperationProblem } from '@tributary/operations';
import type { CheckOperations } from '../operations/operation-rules.ts';
import { percentile } from '../operations/percentile.ts';
import type {
  ManifestRow,
  OperationManifestStore,
  OperationRow,
} from '../stores/operation-manifest-store.ts';
import type { OperationUsageStore, UsageRow } from '../stores/operation-usage-store.ts';

export interface UsageOfDay {
  day: string;
  /** Null for what is not registered. */
  operationId: string | null;
  requests: number;
  errors: number;
  meanMilliseconds: number;
  p95Milliseconds: number | null;
}

/** All of it for the principal's own workspace only; of others' clients there is nothing. */
export interface OperationViews {
  manifestsOf(principal: Principal, clientId: string): Promise<ManifestRow[]>;
  /** Undefined for the version: the active one. */
  manifestOf(principal: Principal, clientId: string, version?: number): Promise<ManifestRow | null>;
  operationsOf(principal: Principal, manifest: ManifestRow): Promise<OperationRow[]>;
  problemsOf(principal: Principal, manifest: ManifestRow): Promise<OperationProblem[]>;
  /** @throws INVALID_INPUT for days that are not 1 to 366. */
  usageOf(
    principal: Principal,
    clientId: string,
    filter: { days: number; operationId: string | undefined },
  ): Promise<UsageOfDay[]>;
}

export interface OperationViewsDependencies {
  store: OperationManifestStore;
  usage: OperationUsageStore;
  check: CheckOperations;
}

const mostDays = 366;

export function createOperationViews(dependencies: OperationViewsDependencies): OperationViews {
  const { store, usage, check } = dependencies;
  const workspaceOf = (principal: Principal) => authorise(principal, 'apiClient.read').workspace;

  return {
    manifestsOf: async (principal, clientId) => store.list(workspaceOf(principal), clientId),
    manifestOf: async (principal, clientId, version) =>
      (await store.find(workspaceOf(principal), clientId, version)) ?? null,
    operationsOf: async (principal, { id }) => store.operationsOf(workspaceOf(principal), id),
    async problemsOf(principal, { id, version }) {
      const operations = await store.operationsOf(workspaceOf(principal), id);
      return check(operations.map((operation) => toRegistered(operation, version)));
    },
    async usageOf(principal, clientId, { days, operationId }) {
      const workspace = workspaceOf(principal);
      if (days < 1 || days > mostDays) {
        throw new TributaryError('INVALID_INPUT', `days: must be 1 to ${mostDays}`, ['days']);
      }
      const rows = await usage.list(workspace, { clientId, days, operationId });
      return rows.map(toUsageOfDay);
    },
  };
}

/** An operation as it is checked, with where it is registered. */
export function toRegistered({ operationId: id, text }: OperationRow, version: number) {
  return { id, text, origin: `version ${version}, operation ${id}` };
}

function toUsageOfDay({ milliseconds, buckets, operationId, ...row }: UsageRow): UsageOfDay {
  return {
    ...row,
    operationId: operationId || null,
    meanMilliseconds: row.requests === 0 ? 0 : milliseconds / row.requests,
    p95Milliseconds: percentile(0.95, buckets) ?? null,
  };
}
