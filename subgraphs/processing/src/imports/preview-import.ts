/** What an import would send, before anything is started. */
import type { DefinitionCache } from '../pipeline/definitions.ts';
import type { ImportRow } from '../stores/import-store.ts';
import { checkRows } from './check/check-rows.ts';
import type { RejectedRow } from './check/rejected-row.ts';
import { createRowWindow } from './check/row-window.ts';
import type { ImportMapping } from './import-mapping.ts';
import { type ImportColumn, inferColumns } from './map/infer-columns.ts';
import { createRowMapper } from './map/map-row.ts';
import { type KnownType, proposeMapping } from './map/propose-mapping.ts';
import type { FirstRows } from './read/first-rows.ts';

const mostEvents = 20;

export interface PreviewedRow {
  row: number;
  /** As it would be sent; null when it would be rejected. */
  event: unknown;
  rejected: RejectedRow | null;
}

export interface ImportPreview {
  columns: ImportColumn[];
  mapping: ImportMapping;
  rows: PreviewedRow[];
  /** Of the first rows, how many would be rejected. */
  rejected: number;
  /** How many were looked at. */
  lookedAt: number;
  /** Where the file cannot be read on, within them. */
  fault: string | null;
}

export interface PreviewImportDeps {
  definitions: DefinitionCache;
  typesOf: (workspace: string) => Promise<KnownType[]>;
}

export type PreviewImport = (
  row: ImportRow,
  found: FirstRows,
  mapping: ImportMapping | undefined,
) => Promise<ImportPreview>;

export function createPreviewImport({ definitions, typesOf }: PreviewImportDeps): PreviewImport {
  return async (row, found, given) => {
    const { reading, rows, fault } = found;
    const columns = inferColumns(found.columns, rows);
    const types = given ? [] : await typesOf(row.workspaceId);
    const mapping =
      given ?? proposeMapping({ fileName: row.fileName, reading, columns, rows, types });
    const { validatorFor, unknownTypesOf } = await definitions.refresh(row.workspaceId);
    const check = (some: FirstRows['rows']) =>
      checkRows(some, {
        mapping,
        mapRow: createRowMapper(mapping, { importId: row.id, fileName: row.fileName }),
        window: createRowWindow(),
        validatorFor,
        refusesUnknownTypes: unknownTypesOf(row.sourceId) === 'REJECT',
        defaultTime: row.createdAt,
        origin: {
          sourceId: row.sourceId,
          workspace: row.workspaceId,
          requestId: row.id,
          acceptedAt: row.createdAt.toISOString(),
        },
      });
    return {
      columns,
      mapping,
      rows: rows.slice(0, mostEvents).map((one) => {
        const { good, rejected } = check([one]);
        const [event] = good;
        return {
          row: one.number,
          event: event ? shown(event) : null,
          rejected: rejected[0] ?? null,
        };
      }),
      rejected: check(rows).rejected.length,
      lookedAt: rows.length,
      fault: fault ?? null,
    };
  };
}

/** As its producer would have sent it. */
function shown({
  id,
  source,
  type,
  time,
  subject,
  data,
}: {
  id: string;
  source: string;
  type: string;
  time: string;
  subject?: string | undefined;
  data: unknown;
}) {
  return { id, source, type, time, ...(subject !== undefined && { subject }), data };
}
