import { authorise, type Connection, toConnection, toPage } from '@tributary/chassis';
import { inputError, parseInput, TributaryError } from '@tributary/errors';
import { validate as isUuid, v7 } from 'uuid';
import { z } from 'zod';
import { assertFewOpen } from '../imports/assert-few-open.ts';
import type { FolderFile, ImportFiles } from '../imports/import-files.ts';
import { type ImportMapping, mappingSchema, type Reading } from '../imports/import-mapping.ts';
import { type ImportAction, isOver, transitions } from '../imports/import-state.ts';
import type { ImportPreview, PreviewImport } from '../imports/preview-import.ts';
import { detectFormat } from '../imports/read/detect-format.ts';
import { FileFault } from '../imports/read/file-fault.ts';
import type { FirstRows } from '../imports/read/first-rows.ts';
import type { ReadFirstRows } from '../imports/read/read-first-rows.ts';
import type { TellImport } from '../imports/tell-import.ts';
import type { ImportRow, ImportStore } from '../stores/import-store.ts';
import type { Caller } from './caller.ts';
import { nameSchema } from './input-schemas.ts';
import { noSuchSource } from './pipeline-service.ts';

const createSchema = z.object({ sourceId: z.string(), fileName: nameSchema });
const previewSchema = z.object({ id: z.string(), mapping: mappingSchema.nullish() });
const startSchema = z.object({ id: z.string(), mapping: mappingSchema });

export interface ImportServiceDeps {
  imports: ImportStore;
  files: ImportFiles;
  readFirstRows: ReadFirstRows;
  previewImport: PreviewImport;
  tell: TellImport;
  /** Makes this process look for imports to run at once. */
  wake: () => void;
}

export function createImportService(deps: ImportServiceDeps) {
  const { imports, files, readFirstRows, previewImport, tell, wake } = deps;

  async function find(caller: Caller, id: string): Promise<ImportRow> {
    const row = isUuid(id) ? await caller.loaders.import.load(id) : undefined;
    if (row) return row;
    throw new TributaryError('NOT_FOUND', 'There is no such import.', ['input', 'id']);
  }

  async function look(row: ImportRow, reading: Reading | undefined): Promise<FirstRows> {
    const path = await files.pathOf(row.workspaceId, row);
    if (!path)
      throw new TributaryError('CONFLICT', 'The file is not there any more.', ['input', 'id']);
    const { format, bytes } = row;
    const { delimiter = ',', hasHeader = true, encoding = 'UTF8' } = reading ?? {};
    return readFirstRows({
      file: { path, format, bytes },
      ...(reading && { reading: { delimiter, hasHeader, encoding } }),
    });
  }

  async function move(
    caller: Caller,
    row: ImportRow,
    action: ImportAction,
    mapping?: ImportMapping,
  ): Promise<ImportRow> {
    const moved = await imports.move(row.workspaceId, row.id, transitions[action], mapping);
    if (!moved) {
      const states = transitions[action].from.join(' or ');
      throw new TributaryError(
        'CONFLICT',
        `Expected an import that is ${states}; it is not any more.`,
        ['input', 'id'],
      );
    }
    caller.loaders.import.clear(row.id);
    await tell(moved);
    if (isOver(moved.state)) await files.removeUpload(row.id);
    wake();
    return moved;
  }

  return {
    async byId(caller: Caller, id: string): Promise<ImportRow | null> {
      authorise(caller.principal, 'import.read');
      return caller.loaders.import.load(id);
    },

    /** Newest first. */
    async list(
      caller: Caller,
      paging: { first: number; after?: string | null },
    ): Promise<Connection<ImportRow>> {
      const { workspace } = authorise(caller.principal, 'import.read');
      const page = toPage(paging);
      const rows = await imports.page(workspace, page);
      return toConnection(rows, page, ({ createdAt, id }) => ({ time: createdAt, id }));
    },

    /** Files of the server's folder for the workspace; null where there is none. */
    async folderFiles(caller: Caller): Promise<FolderFile[] | null> {
      const { workspace } = authorise(caller.principal, 'import.read');
      return files.hasFolder ? files.folderFiles(workspace) : null;
    },

    /** Begins an import of a file of the server's folder. */
    async createFromFolder(caller: Caller, input: unknown): Promise<ImportRow> {
      const { workspace } = authorise(caller.principal, 'import.change');
      const { sourceId, fileName } = parseInput(createSchema, input);
      const source = await caller.loaders.source.load(sourceId);
      if (!source) throw noSuchSource();
      await assertFewOpen(imports, workspace);
      const path = await files.folderPath(workspace, fileName);
      if (!path) {
        throw new TributaryError('NOT_FOUND', 'There is no such file in the folder for imports.', [
          'input',
          'fileName',
        ]);
      }
      const bytes = await files.sizeOf(path);
      const format = await asInputError(() => detectFormat(path, fileName, bytes), ['fileName']);
      return imports.create(workspace, {
        id: v7(),
        sourceId,
        fileName,
        format,
        isFromFolder: true,
        bytes,
      });
    },

    /** What the import would send: by a mapping, or by one that is proposed. */
    async preview(caller: Caller, input: unknown): Promise<ImportPreview> {
      authorise(caller.principal, 'import.change');
      const { id, mapping } = parseInput(previewSchema, input);
      const row = await find(caller, id);
      const found = await asInputError(() => look(row, mapping ?? undefined), ['id']);
      return previewImport(row, found, mapping ?? undefined);
    },

    async start(caller: Caller, input: unknown): Promise<ImportRow> {
      authorise(caller.principal, 'import.change');
      const { id, mapping } = parseInput(startSchema, input);
      const row = await find(caller, id);
      const found = await asInputError(() => look(row, mapping), ['id']);
      if (found.fault !== undefined && found.rows.length === 0) {
        throw inputError(found.fault, ['input', 'id']);
      }
      // A line of NDJSON may have what the first ones do not.
      if (row.format !== 'NDJSON') assertColumns(mapping, found.columns);
      return move(caller, row, 'start', mapping);
    },

    async change(
      caller: Caller,
      action: Exclude<ImportAction, 'start'>,
      { id }: { id: string },
    ): Promise<ImportRow> {
      authorise(caller.principal, 'import.change');
      return move(caller, await find(caller, id), action);
    },
  };
}

/** What is wrong with a file is what its sender can put right. */
async function asInputError<Result>(
  work: () => Promise<Result>,
  field: readonly string[],
): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FileFault) throw inputError(error.message, ['input', ...field]);
    throw error;
  }
}

/** @throws InputError naming the first part of the mapping that speaks of a column that is not there. */
function assertColumns(mapping: ImportMapping, columns: readonly string[]): void {
  if (columns.length === 0) return;
  const parts = [
    [['timeColumn'], mapping.timeColumn],
    [['idColumn'], mapping.idColumn],
    [['subjectColumn'], mapping.subjectColumn],
    ...mapping.fields.map(({ column }, index) => [['fields', String(index), 'column'], column]),
  ] as [string[], string | null][];
  const wrong = parts.find(([, column]) => column !== null && !columns.includes(column));
  if (!wrong) return;
  const [path] = wrong;
  const known = columns.join(', ').slice(0, 300);
  throw inputError(`must be one of the columns ${known}`, ['input', 'mapping', ...path]);
}
