/** Partners' registered operations: versions that are pushed, activated, rolled back and retired. */
import { authoriseUser, type Principal, type UserPrincipal } from '@tributary/chassis';
import { TributaryError } from '@tributary/errors';
import { type OperationMode, type OperationProblem, operationNames } from '@tributary/operations';
import type { PoolClient } from 'pg';
import { validate as isUuid, v7 as uuid } from 'uuid';
import { type AuditAction, type AuditRecord, personActor } from '../audit/audit-record.ts';
import { operationsOf, type PushInput } from '../operations/manifest-input.ts';
import type { CheckOperations } from '../operations/operation-rules.ts';
import { type ManifestAction, whyNot } from '../operations/why-not.ts';
import type { Origin } from '../origin.ts';
import { type ApiClientRow, findActiveClient } from '../stores/api-client-store.ts';
import type { Journal } from '../stores/journal.ts';
import {
  findManifest,
  findVersionBefore,
  insertManifest,
  type ManifestRow,
  type OperationManifestStore,
  retireVersion,
  setActiveVersion,
  setOperationMode,
} from '../stores/operation-manifest-store.ts';
import { toRegistered } from './operation-views.ts';

/** A version, or the places at which its operations could not run. */
export interface Checked {
  manifest: ManifestRow | null;
  problems: OperationProblem[];
}

export interface VersionInput {
  clientId: string;
  version: number;
}

/** All throw NOT_FOUND for a client or version that is none here, CONFLICT for a state that does not fit. */
export interface Operations {
  /** @throws InputError for files that hold no operations. */
  push(principal: Principal, input: PushInput, origin: Origin): Promise<Checked>;
  activate(principal: Principal, input: VersionInput, origin: Origin): Promise<Checked>;
  rollBack(
    principal: Principal,
    input: { clientId: string; version: number | undefined },
    origin: Origin,
  ): Promise<Checked>;
  retire(principal: Principal, input: VersionInput, origin: Origin): Promise<Checked>;
  setMode(
    principal: Principal,
    input: { clientId: string; mode: OperationMode },
    origin: Origin,
  ): Promise<ApiClientRow>;
}

export interface OperationsDependencies {
  store: OperationManifestStore;
  check: CheckOperations;
  journal: Journal;
  /** Tells gateways, after the commit, that what a client's keys run is different. */
  tellGateways: (clientId: string) => Promise<void>;
}

/** What a change is made of: who makes it, to which client, held for the transaction. */
interface Change {
  client: PoolClient;
  principal: UserPrincipal;
  partner: ApiClientRow;
  origin: Origin;
}

export function createOperations(dependencies: OperationsDependencies): Operations {
  const { store, check, journal, tellGateways } = dependencies;

  /** Runs one change to a client of the principal's workspace, together with its audit entries. */
  async function change<Changed extends { audit: readonly AuditRecord[] }>(
    given: Principal,
    { clientId, origin }: { clientId: string; origin: Origin },
    work: (change: Change) => Promise<Changed>,
  ): Promise<Changed> {
    const principal = authoriseUser(given, 'apiClient.change');
    return journal.commit(async (client) => {
      const partner = await findActiveClient(client, principal.workspace, clientId);
      if (!partner) throw noSuch('API client', 'clientId');
      return work({ client, principal, partner, origin });
    });
  }

  async function problemsOf({ workspace }: UserPrincipal, { id, version }: ManifestRow) {
    const operations = await store.operationsOf(workspace, id);
    return check(operations.map((operation) => toRegistered(operation, version)));
  }

  return {
    async push(given, input, origin) {
      authoriseUser(given, 'apiClient.change');
      const operations = operationsOf(input);
      const problems = await check(operations);
      if (problems.length > 0) return { manifest: null, problems };
      const named = operations.map((each) => ({ ...each, names: operationNames(each.text) }));
      const { clientId, note } = input;
      const { manifest } = await change(given, { clientId, origin }, async (made) => {
        const { client, principal, partner } = made;
        const version = await insertManifest(client, {
          ...{ id: uuid(), clientId: partner.id, note, operations: named },
          ...{ pushedById: principal.subject, pushedAt: new Date() },
        });
        const after = { version, operations: operations.length, note };
        const audit = [entryOf('operations.pushed', made, { after })];
        return { manifest: await manifestOf(made, version), audit };
      });
      return { manifest, problems };
    },

    async activate(given, { clientId, version }, origin) {
      const principal = authoriseUser(given, 'apiClient.change');
      const found = isUuid(clientId)
        ? await store.find(principal.workspace, clientId, version)
        : undefined;
      const problems = found ? await problemsOf(principal, found) : [];
      if (problems.length > 0) return { manifest: null, problems };
      const { manifest } = await change(given, { clientId, origin }, (made) =>
        run('activate', made, version),
      );
      await tellGateways(manifest.clientId);
      return { manifest, problems };
    },

    async rollBack(given, { clientId, version }, origin) {
      const { manifest, principal } = await change(given, { clientId, origin }, async (made) => ({
        ...(await run('rollBack', made, version ?? (await versionBefore(made)))),
        principal: made.principal,
      }));
      await tellGateways(manifest.clientId);
      return { manifest, problems: await problemsOf(principal, manifest) };
    },

    async retire(given, { clientId, version }, origin) {
      const { manifest } = await change(given, { clientId, origin }, async (made) => {
        const { client, partner } = made;
        const { state } = await requireManifest('retire', made, version);
        const at = new Date();
        if (state === 'ACTIVE') await setActiveVersion(client, partner.id, { version: null, at });
        else await retireVersion(client, partner.id, { version, at });
        const [before, after] = [
          { version, state },
          { version, state: 'RETIRED' },
        ];
        const audit = [entryOf('operations.retired', made, { before, after })];
        return { manifest: await manifestOf(made, version), audit };
      });
      await tellGateways(manifest.clientId);
      return { manifest, problems: [] };
    },

    async setMode(given, { clientId, mode }, origin) {
      const { changed } = await change(given, { clientId, origin }, async (made) => {
        const { client, partner } = made;
        await setOperationMode(client, partner.id, mode);
        const before = { operationMode: partner.operationMode };
        const audit = [
          entryOf('apiClient.changed', made, { before, after: { operationMode: mode } }),
        ];
        return { changed: { ...partner, operationMode: mode }, audit };
      });
      await tellGateways(changed.id);
      return changed;
    },
  };
}

/** Lets a version run in place of the one that does. */
async function run(action: 'activate' | 'rollBack', made: Change, version: number) {
  const { client, partner } = made;
  await requireManifest(action, made, version);
  await setActiveVersion(client, partner.id, { version, at: new Date() });
  const done = action === 'activate' ? 'operations.activated' : 'operations.rolledBack';
  const before = { version: partner.activeVersion };
  const audit = [entryOf(done, made, { before, after: { version } })];
  return { manifest: await manifestOf(made, version), audit };
}

async function versionBefore({ client, partner }: Change): Promise<number> {
  const { id, activeVersion } = partner;
  if (activeVersion === null) {
    throw new TributaryError('CONFLICT', 'Nothing is active: say which version to bring back.', [
      'input',
      'version',
    ]);
  }
  const version = await findVersionBefore(client, id, activeVersion);
  if (version !== undefined) return version;
  throw new TributaryError('CONFLICT', `No version before ${activeVersion} ever ran.`, ['input']);
}

async function requireManifest(
  action: ManifestAction,
  made: Change,
  version: number,
): Promise<ManifestRow> {
  const manifest = await manifestOf(made, version);
  const reason = whyNot(action, manifest);
  if (reason === undefined) return manifest;
  throw new TributaryError('CONFLICT', reason, ['input', 'version']);
}

async function manifestOf(
  { client, principal, partner }: Change,
  version: number,
): Promise<ManifestRow> {
  const clientId = partner.id;
  const manifest = await findManifest(client, principal.workspace, { clientId, version });
  if (manifest) return manifest;
  throw noSuch('version of its operations', 'version');
}

function entryOf(
  action: AuditAction,
  { principal, partner, origin }: Change,
  changed: Pick<AuditRecord, 'before' | 'after'>,
): AuditRecord {
  const target = { type: 'ApiClient', id: partner.id };
  const actor = personActor(principal.subject);
  return { chain: principal.workspace, action, actor, target, origin, ...changed };
}

const noSuch = (what: string, field: string) =>
  new TributaryError('NOT_FOUND', `There is no such ${what}.`, ['input', field]);
