import { TributaryError } from '@tributary/errors';
import type { EventSelection } from '../../stores/event-selection.ts';
import type { ExportStore } from '../../stores/export-store.ts';
import { type ExportRequest, mostFields } from '../export-request.ts';
import { createCsvWriter } from './csv-writer.ts';
import type { ExportWriter } from './export-writer.ts';
import { createNdjsonWriter } from './ndjson-writer.ts';
import { createParquetWriter } from './parquet-writer.ts';

export interface WriterOptions {
  exports: Pick<ExportStore, 'survey'>;
  selection: EventSelection;
  signal: AbortSignal;
}

/** Of a format whose beginning says which columns there are, it looks through all events first. @throws INVALID_INPUT for too many. */
export async function createExportWriter(
  { sourceId, format, fields }: ExportRequest,
  { exports, selection, signal }: WriterOptions,
): Promise<ExportWriter> {
  switch (format) {
    case 'ndjson':
      return createNdjsonWriter({ sourceId, fields });
    case 'csv': {
      if (fields.length > 0) return createCsvWriter({ fields, areAll: false });
      const kinds = await exports.survey(selection, { fields, mostFields }, signal);
      if (kinds.size > mostFields) throw tooManyFields();
      return createCsvWriter({ fields: [...kinds.keys()].toSorted(), areAll: true });
    }
    case 'parquet': {
      const chosen = fields.length > 0;
      return createParquetWriter(
        chosen ? await exports.survey(selection, { fields, mostFields }, signal) : new Map(),
      );
    }
  }
}

const tooManyFields = (): TributaryError =>
  new TributaryError(
    'INVALID_INPUT',
    `These events have more than ${mostFields} fields, too many for columns: name those wanted, or take ndjson or parquet.`,
    ['fields'],
  );
