/** Partners' programs and their keys: what administrators do with them. */
import {
  authorise,
  authoriseUser,
  newApiKey,
  type Principal,
  type Scope,
  type UserPrincipal,
} from '@tributary/chassis';
import { inputError, TributaryError } from '@tributary/errors';
import type { PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { type AuditAction, personActor } from '../audit/audit-record.ts';
import { maskEmail } from '../audit/mask.ts';
import type { ClientBudgetsChange, NewApiClient } from '../credentials/api-client-input.ts';
import type { Origin } from '../origin.ts';
import type { Revoke } from '../sessions/revoke.ts';
import {
  type ApiClientRow,
  type ApiClientStore,
  type ApiKeyRow,
  endKeyAt,
  findActiveClient,
  findKeyInForce,
  insertApiClient,
  insertApiKey,
  retireApiClient,
  revokeKey,
  setClientBudgets,
} from '../stores/api-client-store.ts';
import type { Journal } from '../stores/journal.ts';

export interface NewKey {
  apiKey: ApiKeyRow;
  /** The key itself; nobody can show it again. */
  key: string;
}

export interface ApiClients {
  list(principal: Principal, workspace: string): Promise<ApiClientRow[]>;
  /** Null for every id that is none of the workspace's clients. */
  find(principal: Principal, workspace: string, id: string): Promise<ApiClientRow | null>;
  /** @throws InputError for a scope that the person lacks. */
  create(principal: Principal, input: NewApiClient, origin: Origin): Promise<ApiClientRow>;
  /** @throws NOT_FOUND. */
  setBudgets(
    principal: Principal,
    input: ClientBudgetsChange,
    origin: Origin,
  ): Promise<ApiClientRow>;
  /** @throws NOT_FOUND. */
  retire(principal: Principal, id: string, origin: Origin): Promise<ApiClientRow>;
  createKey(
    principal: Principal,
    input: { clientId: string; expiresInDays: number },
    origin: Origin,
  ): Promise<NewKey>;
  rotateKey(
    principal: Principal,
    input: { id: string; expiresInDays: number; overlapHours: number },
    origin: Origin,
  ): Promise<NewKey>;
  revokeKey(principal: Principal, id: string, origin: Origin): Promise<void>;
}

export interface ApiClientsDependencies {
  store: ApiClientStore;
  journal: Journal;
  revoke: Revoke;
}

const hour = 3_600_000;

export function createApiClients({ store, journal, revoke }: ApiClientsDependencies): ApiClients {
  function assertReader(principal: Principal, workspace: string): void {
    const known = authorise(principal, 'apiClient.read');
    if (known.workspace !== workspace) throw elsewhere();
  }

  return {
    async list(principal, workspace) {
      assertReader(principal, workspace);
      return store.list(workspace);
    },

    async find(principal, workspace, id) {
      assertReader(principal, workspace);
      return (await store.find(workspace, id)) ?? null;
    },

    async create(given, input, origin) {
      const principal = authoriseUser(given, 'apiClient.change');
      assertHeld(principal, input.scopes);
      const row: ApiClientRow = {
        id: uuid(),
        workspaceId: principal.workspace,
        ...input,
        createdAt: new Date(),
        retiredAt: null,
        activeVersion: null,
      };
      await journal.commit(async (client) => {
        await insertApiClient(client, row);
        const entry = entryOf('apiClient.created', principal, 'ApiClient', row.id, origin);
        const after = { ...input, contactEmail: maskEmail(input.contactEmail) };
        return { audit: [{ ...entry, after }] };
      });
      return row;
    },

    async setBudgets(given, { clientId, ...budgets }, origin) {
      const principal = authoriseUser(given, 'apiClient.change');
      const { row } = await journal.commit(async (client) => {
        const found = await findActiveClient(client, principal.workspace, clientId);
        if (!found) throw noSuch('API client', ['input', 'clientId']);
        await setClientBudgets(client, found.id, budgets);
        const { requestsPerMinute, costPerMinute } = found;
        const entry = entryOf('apiClient.changed', principal, 'ApiClient', found.id, origin);
        const before = { requestsPerMinute, costPerMinute };
        return { row: { ...found, ...budgets }, audit: [{ ...entry, before, after: budgets }] };
      });
      return row;
    },

    async retire(given, id, origin) {
      const principal = authoriseUser(given, 'apiClient.change');
      const { row } = await journal.commit(async (client) => {
        const found = await findActiveClient(client, principal.workspace, id);
        if (!found) throw noSuch('API client', ['id']);
        const row = { ...found, retiredAt: new Date() };
        await retireApiClient(client, row.id, row.retiredAt);
        return { row, audit: [entryOf('apiClient.retired', principal, 'ApiClient', id, origin)] };
      });
      await revoke({ subject: row.id });
      return row;
    },

    async createKey(given, { clientId, expiresInDays }, origin) {
      const principal = authoriseUser(given, 'apiClient.change');
      return journal.commit(async (client) => {
        const found = await findActiveClient(client, principal.workspace, clientId);
        if (!found) throw noSuch('API client', ['input', 'clientId']);
        const made = await makeKey(client, found.id, expiresInDays);
        return { ...made, audit: [keyEntry('apiKey.created', principal, made.apiKey, origin)] };
      });
    },

    async rotateKey(given, { id, expiresInDays, overlapHours }, origin) {
      const principal = authoriseUser(given, 'apiClient.change');
      const rotated = await journal.commit(async (client) => {
        const old = await findKeyInForce(client, principal.workspace, id);
        if (!old) throw noSuch('API key in force', ['input', 'id']);
        await endKeyAt(client, old.id, new Date(Date.now() + overlapHours * hour));
        const made = await makeKey(client, old.clientId, expiresInDays);
        const entry = keyEntry('apiKey.created', principal, made.apiKey, origin);
        return { ...made, audit: [{ ...entry, before: { key: old.id, overlapHours } }] };
      });
      // Gateways remember for a minute how long a key is good.
      if (overlapHours === 0) await revoke({ subject: rotated.apiKey.clientId, session: id });
      return rotated;
    },

    async revokeKey(given, id, origin) {
      const principal = authoriseUser(given, 'apiClient.change');
      const { key } = await journal.commit(async (client) => {
        const key = await findKeyInForce(client, principal.workspace, id);
        if (!key) throw noSuch('API key in force', ['id']);
        await revokeKey(client, key.id, new Date());
        return { key, audit: [keyEntry('apiKey.revoked', principal, key, origin)] };
      });
      await revoke({ subject: key.clientId, session: key.id });
    },
  };
}

async function makeKey(client: PoolClient, clientId: string, days: number): Promise<NewKey> {
  const id = uuid();
  const { text, secretHash } = newApiKey(id);
  const createdAt = new Date();
  const expiresAt = new Date(createdAt.getTime() + days * 24 * hour);
  const apiKey = { id, clientId, createdAt, expiresAt, revokedAt: null, lastUsedAt: null };
  await insertApiKey(client, { ...apiKey, secretHash });
  return { apiKey, key: text };
}

/** Nobody hands on what they do not have. */
function assertHeld({ scopes }: UserPrincipal, given: readonly Scope[]): void {
  const missing = given.filter((scope) => !scopes.includes(scope));
  if (missing.length === 0) return;
  throw inputError(`you do not hold ${missing.join(', ')} yourself`, ['input', 'scopes']);
}

function keyEntry(action: AuditAction, principal: UserPrincipal, key: ApiKeyRow, origin: Origin) {
  const after = { client: key.clientId, expiresAt: key.expiresAt.toISOString() };
  return { ...entryOf(action, principal, 'ApiKey', key.id, origin), after };
}

function entryOf(
  action: AuditAction,
  { workspace, subject }: UserPrincipal,
  type: string,
  id: string,
  origin: Origin,
) {
  return { chain: workspace, action, actor: personActor(subject), target: { type, id }, origin };
}

const noSuch = (what: string, field: readonly string[]) =>
  new TributaryError('NOT_FOUND', `There is no such ${what}.`, field);

const elsewhere = () =>
  new TributaryError('FORBIDDEN', 'Switch to this workspace to see its API clients.');
