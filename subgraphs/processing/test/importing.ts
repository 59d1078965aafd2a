/** What a person does with imports, against the running service. */
import type { Logger, Principal, UserPrincipal } from '@tributary/chassis';
import { passportHeader } from '@tributary/chassis';
import { person, type SubgraphProcess } from '@tributary/testkit';
import { expect, vi } from 'vitest';
import { createImportFiles } from '../src/imports/import-files.ts';
import { startSweeping } from '../src/imports/start-sweeping.ts';
import { createImportRunStore } from '../src/stores/import-run-store.ts';
import { createSource, type Processing } from './processing.ts';

interface Running {
  subgraph: SubgraphProcess;
}

export interface UploadOptions {
  name?: string;
  source?: string;
  headers?: Record<string, string>;
}

/** Sends a file on behalf of somebody, or with the headers given alone. */
export async function upload(
  { subgraph }: Running,
  principal: Principal | undefined,
  body: string | Uint8Array<ArrayBuffer>,
  { name = 'flights.csv', source = '', headers = {} }: UploadOptions,
) {
  const passport = principal && { [passportHeader]: await subgraph.passport(principal) };
  const query = new URLSearchParams({ name, source });
  const answer = await fetch(`${subgraph.url}/v1/imports?${query}`, {
    method: 'POST',
    headers: { ...passport, ...headers },
    body,
  });
  // biome-ignore lint/suspicious/noExplicitAny: tests read into answers of any shape; a wrong path fails them.
  return { status: answer.status, body: (await answer.json()) as any };
}

const previewQuery = `query ($input: PreviewImportInput!) { previewImport(input: $input) {
  preview { columns { name type timeFormat examples } rejected lookedAt fault
    mapping { layout delimiter hasHeader encoding eventType eventSource timeColumn timeFormat idColumn
              subjectColumn fields { column name type } }
    rows { row event rejected { row column field reason hint } } }
  userErrors { code message field } } }`;

export async function previewImport(
  { subgraph }: Running,
  principal: Principal,
  input: { id: string; mapping?: unknown },
) {
  const { data, errors } = await subgraph.query(principal, previewQuery, { input });
  expect(errors).toBeUndefined();
  return data.previewImport;
}

export type ImportChange = 'startImport' | 'pauseImport' | 'resumeImport' | 'cancelImport';

export async function changeImport(
  { subgraph }: Running,
  principal: Principal,
  change: ImportChange,
  input: { id: string; mapping?: unknown },
) {
  const type = change === 'startImport' ? 'StartImportInput' : 'ChangeImportInput';
  const { data, errors } = await subgraph.query(
    principal,
    `mutation ($input: ${type}!) { changed: ${change}(input: $input) {
       import { id state } userErrors { code message field } } }`,
    { input },
  );
  expect(errors).toBeUndefined();
  return data.changed;
}

const importFields = `id fileName format state bytes bytesRead rowsRead accepted duplicates rejected reason
  source { name } mapping { eventType }`;

export async function readImport({ subgraph }: Running, principal: Principal, id: string) {
  const { data } = await subgraph.query(
    principal,
    `query ($id: ID!) { import(id: $id) { ${importFields} } }`,
    { id },
  );
  return data.import;
}

/** Waits until nothing more becomes of it. */
export async function importEnd(running: Running, principal: Principal, id: string) {
  return vi.waitFor(
    async () => {
      const found = await readImport(running, principal, id);
      expect(['DONE', 'FAILED', 'CANCELLED']).toContain(found.state);
      return found;
    },
    { timeout: 60_000, interval: 100 },
  );
}

/** Uploads, takes the proposal with changes, starts and waits for the end. */
export async function importFile(
  running: Running,
  principal: UserPrincipal,
  body: string | Uint8Array<ArrayBuffer>,
  { changes = {}, ...options }: UploadOptions & { changes?: Record<string, unknown> },
) {
  const uploaded = await upload(running, principal, body, options);
  expect(uploaded.status).toBe(201);
  const { id } = uploaded.body;
  const { preview, userErrors } = await previewImport(running, principal, { id });
  expect(userErrors).toEqual([]);
  const mapping = { ...preview.mapping, ...changes };
  const started = await changeImport(running, principal, 'startImport', { id, mapping });
  expect(started.userErrors).toEqual([]);
  return importEnd(running, principal, id);
}

export async function rejectedRows(
  { subgraph }: Running,
  principal: Principal,
  id: string,
  format = 'ndjson',
) {
  const answer = await fetch(`${subgraph.url}/v1/imports/${id}/rejected?format=${format}`, {
    headers: { [passportHeader]: await subgraph.passport(principal) },
  });
  return { status: answer.status, text: await answer.text() };
}

/** Looks once for what no import needs any more, as the service does every minute. */
export async function sweepImports({ database, imports }: Processing): Promise<void> {
  const onError = (error: unknown) => expect(error).toBeUndefined();
  const sweeping = startSweeping({
    store: createImportRunStore(database),
    files: createImportFiles({ directory: imports, folder: undefined }),
    logger: { warn: onError } as unknown as Logger,
  });
  await sweeping.stop();
}

/** Of the file that `lines` are of. */
export const header = 'when,origin,delay\n';
export const lines = (count: number, first = 0) =>
  Array.from({ length: count }, (_, index) => {
    const number = first + index;
    return `2001-03-0${1 + (number % 9)} 06:00,SEA,${number}`;
  });

export async function operatorWithSource(processing: Processing) {
  const operator = person();
  const source = await createSource(processing, operator);
  return { operator, source };
}
